/** The endpoint is worked out in src/core/endpoints.ts; the SDK's own rules for it are not needed. */
export function defaultEndpointResolver({ Endpoint }) {
  return { url: new URL(Endpoint), properties: {}, headers: {} };
}
