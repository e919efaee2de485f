/** Before the end-to-end tests under Windows' Node: what every run needs, and the slow first start of Wine. */
import buildOnce from '../build-once.ts';
import { tryWindowsNode, windowsOfSuite } from './wine.ts';

export default function setUpSuite(): void {
  buildOnce();
  tryWindowsNode(windowsOfSuite()!);
}
