/** Passkeys: what the hub asks for goes to the browser, and what the device says goes back, in the standard's own JSON. */
import { post } from './client';

interface Known { id: string; type: string; transports?: string[] }
interface Asked {
  challenge: string; rpId?: string; timeout?: number; userVerification?: string; allowCredentials?: Known[]; excludeCredentials?: Known[];
  rp?: PublicKeyCredentialRpEntity; user?: { id: string; name: string; displayName: string }; pubKeyCredParams?: PublicKeyCredentialParameters[];
  authenticatorSelection?: AuthenticatorSelectionCriteria; attestation?: AttestationConveyancePreference;
}
export interface Question { public_key: Asked }

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
const text = (buffer: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const known = (all: Known[] = []): PublicKeyCredentialDescriptor[] => all.map(({ id, transports }) => ({ id: bytes(id), type: 'public-key', transports: transports as AuthenticatorTransport[] | undefined }));

/** Whether this browser knows passkeys at all. */
export const passkeysKnown = (): boolean => typeof PublicKeyCredential === 'function' && isSecureContext;

/** Whether passkeys can be offered in the name field itself, before anybody asks. */
export async function offeredInField(): Promise<boolean> {
  return passkeysKnown() && typeof PublicKeyCredential.isConditionalMediationAvailable === 'function' && (await PublicKeyCredential.isConditionalMediationAvailable());
}

/** Have a device make a passkey. Null when the person turned away. */
export async function makePasskey(asked: Asked): Promise<object | null> {
  const { user, rp, pubKeyCredParams, authenticatorSelection, attestation, timeout } = asked;
  const made = await turnedAway(() => navigator.credentials.create({
    publicKey: {
      challenge: bytes(asked.challenge), rp: rp!, user: { ...user!, id: bytes(user!.id) }, pubKeyCredParams: pubKeyCredParams!, timeout,
      authenticatorSelection, attestation, excludeCredentials: known(asked.excludeCredentials),
    },
  }));
  if (!made) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return whole(made, { attestationObject: text(response.attestationObject), transports: response.getTransports() });
}

/** Have a device show a passkey; with `inField` the browser offers it beside the name, until the signal ends it. */
export async function showPasskey(asked: Asked, inField?: AbortSignal): Promise<object | null> {
  const shown = await turnedAway(() => navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.rpId, timeout: asked.timeout, userVerification: 'required', allowCredentials: known(asked.allowCredentials) },
    ...(inField ? { mediation: 'conditional' as const, signal: inField } : {}),
  }));
  if (!shown) return null;
  const response = shown.response as AuthenticatorAssertionResponse;
  const whose = response.userHandle ? { userHandle: text(response.userHandle) } : {};
  return whole(shown, { authenticatorData: text(response.authenticatorData), signature: text(response.signature), ...whose });
}

/** The question for who signs in, with a name or without. */
export const askToEnter = (name?: string): Promise<Question> => post<Question>('/api/sign-in/passkey/question', name ? { name } : {});

function whole(made: PublicKeyCredential, more: object): object {
  return { id: made.id, rawId: text(made.rawId), type: made.type, response: { clientDataJSON: text(made.response.clientDataJSON), ...more } };
}

/** What a device gives; null when the person turned away or the page ended it, which is no fault. */
async function turnedAway(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await ask()) as PublicKeyCredential | null;
  } catch (wrong) {
    if (wrong instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(wrong.name)) return null;
    throw wrong;
  }
}
