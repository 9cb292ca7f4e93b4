// What the app offers whoever is signed in, and what the issuer says.

/** What `/me/pickup` says of a wave this person may take part in. */
export interface Offer {
  seq: number;
  cohort: string;
  /** For the issuer alone. */
  token: string;
  /** The blinded element that was evaluated for this person before, in base64url. */
  issued: string | null;
  /** What the app adds to find the token again (M9), in base64url. */
  share: string | null;
  /** What it was issued to, in the reader's words: “Firefox on a computer”. */
  device: string | null;
  /** Whether this person was given a paper card instead. */
  paper: boolean;
  /** When it opens, RFC 3339, and whether it has. */
  opens: string;
  open: boolean;
}

export interface Offers {
  waves: Offer[];
  /** The name of the secret with which this person's check-ins are found again, if there is one. */
  recovery: string | null;
}

/** What is on offer; the HTTP status if there is no list, 0 if the server could not be reached. */
export async function offers(): Promise<Offers | number> {
  try {
    const response = await fetch("/me/pickup", { credentials: "same-origin", cache: "no-store" });
    return response.ok ? ((await response.json()) as Offers) : response.status;
  } catch {
    return 0;
  }
}

/** Has `blinded` evaluated: the issuer's answer, or the HTTP status of its refusal, 0 if it could not be reached. */
export async function issue({ cohort, token }: Offer, blinded: string): Promise<{ evaluated: string; proof: string } | number> {
  try {
    const response = await fetch("/pulse/issue", {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ cohort, blinded }),
    });
    if (!response.ok) return response.status;
    const { evaluated, proof } = (await response.json()) as { evaluated: string; proof: string };
    return { evaluated, proof };
  } catch {
    return 0;
  }
}
