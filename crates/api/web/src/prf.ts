// A passkey of the ballot host that gives the same 32 bytes on every device that has it (WebAuthn's PRF
// extension). Nothing of the ceremony is sent anywhere: the challenge is random, and what is signed is thrown
// away. No server learns that there is a passkey; whoever owns it shows that to this page alone.

import { type Bytes, sha256, utf8 } from "./bytes.ts";

/** The passkey cannot do what it is wanted for. */
export class NoPrf extends Error {
  override readonly name = "NoPrf";
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** What the passkey is asked about: always the same, so that it always gives the same. */
const question = (): Promise<Bytes> => sha256(utf8("pulse-recovery-prf-v1\0"));

/**
 * Whether pages of `appHost` are kept from using passkeys of `ballotHost`: a page may use those of its own host
 * and of the domains above it.
 */
export const keptApart = (ballotHost: string, appHost: string): boolean =>
  ballotHost !== appHost && !appHost.endsWith(`.${ballotHost}`);

/** Whether this browser may know how to do it, on these two hosts. */
export async function mayWork(appOrigin: string): Promise<boolean> {
  if (typeof PublicKeyCredential !== "function" || !keptApart(location.hostname, new URL(appOrigin).hostname)) return false;
  const able = (await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined)) as Record<string, boolean> | undefined;
  return able?.["extension:prf"] !== false;
}

const given = (of: Credential | null): AuthenticationExtensionsClientOutputs["prf"] =>
  (of as PublicKeyCredential | null)?.getClientExtensionResults().prf;

/** Makes a passkey; returns what it gives. Throws {@link NoPrf} if it gives nothing. */
export async function makePasskey(name: string): Promise<Bytes> {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { id: location.hostname, name },
      // Nobody is known here: the handle is random, the name the same for everybody.
      user: { id: random(32), name, displayName: name },
      pubKeyCredParams: [
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
      extensions: { prf: { eval: { first: await question() } } },
    },
  });
  const first = given(made)?.results?.first;
  if (first !== undefined) return new Uint8Array(first as ArrayBuffer);
  if (given(made)?.enabled !== true) throw new NoPrf("the passkey has no PRF");
  // Many give it only when they are asked once more. Not any other: that one may lie on a device that is lost.
  return await askPasskey((made as PublicKeyCredential).rawId);
}

/** What a passkey of this host gives: `only` the one of that name, or any. Throws {@link NoPrf} if it gives nothing. */
export async function askPasskey(only?: BufferSource): Promise<Bytes> {
  const got = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      rpId: location.hostname,
      allowCredentials: only === undefined ? [] : [{ type: "public-key", id: only }],
      userVerification: "required",
      extensions: { prf: { eval: { first: await question() } } },
    },
  });
  const first = given(got)?.results?.first;
  if (first === undefined) throw new NoPrf("the passkey gave nothing");
  return new Uint8Array(first as ArrayBuffer);
}
