/** Signatures for one region, by the SDK's own signer; this program never asks for the other kind. */
import { SignatureV4 } from '@smithy/signature-v4';

export class SignatureV4MultiRegion extends SignatureV4 {
  static sigv4aDependency() {
    return 'none';
  }
}
