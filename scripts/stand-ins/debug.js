/**
 * Takes the place of the package `debug` in the bundle: with DEBUG set, the proxy agents would print
 * whole requests, MFA codes included.
 */
export default () => () => undefined;
