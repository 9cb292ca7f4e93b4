// Finding a check-in again: a code or a passkey opens the secret that the app keeps sealed, or seals it. The app
// sends browsers here with the sealed copies and a name; this page knows nobody.
//
// Anybody can make an address that leads here. It makes this page ask or offer something, and no more: copies that
// are none do not open, and what is sealed here the app takes only from a tab that waits for it.

import { type Bytes, fromBase64, toBase64 } from "./bytes.ts";
import { type RecoveryParcel, received, wrap } from "./parcel.ts";
import { NoPrf, askPasskey, makePasskey, mayWork } from "./prf.ts";
import { element, make, setting, text } from "./page.ts";
import { NoCode, freshCode, groups, plain, readCode, secretOf } from "./recovery-code.ts";
import { type Opener, SEALED_LENGTH, freshRoot, nameOf, open, opensWith, seal } from "./sealed-root.ts";
import { StorageRefused, Store } from "./store.ts";
import { show, showError } from "./survey.ts";

const app = setting("appOrigin");

/** The app's page that begins anew: with the secret here, the check-in is fetched. */
const toHome = (): void => location.replace(`${app}/pick-up`);

class Recovery {
  private readonly copies: Bytes[];

  constructor(
    private readonly store: Store,
    private readonly parcel: RecoveryParcel,
  ) {
    this.copies = parcel.sealed.map((it) => fromBase64(it, SEALED_LENGTH));
  }

  async begin(): Promise<void> {
    const { root, purpose } = this.parcel;
    const here = root === null ? undefined : await this.store.root(root);
    if (purpose === "open") {
      if (here !== undefined) return toHome();
      if (root === null) return show("none");
      return await this.ask(fromBase64(root, 16), toHome);
    }
    if (root !== null && here === undefined) {
      // A second secret would take the place of the first: only if that one cannot be had.
      element("anew").hidden = false;
      element("anew-yes").addEventListener("click", () => void this.offer(purpose, freshRoot()));
      return await this.ask(fromBase64(root, 16), (opened) => void this.offer(purpose, opened));
    }
    await this.offer(purpose, here ?? freshRoot());
  }

  // ---- opening

  /** Asks for the code or the passkey that opens a copy; keeps what is in it, and goes on. */
  private async ask(name: Bytes, then: (root: Bytes) => void): Promise<void> {
    const has = (opener: Opener): boolean => this.copies.some((it) => opensWith(it, opener));
    const take = async (opener: Opener, secret: Bytes): Promise<boolean> => {
      const root = await open(this.copies, name, opener, secret);
      if (root === undefined) return false;
      await this.store.keepRoot(toBase64(name), root);
      then(root);
      return true;
    };

    element("by-code").hidden = !has("code");
    const field = element<HTMLInputElement>("code-typed");
    element("by-code").addEventListener("submit", (event) => {
      event.preventDefault();
      void (async () => {
        try {
          if (!(await take("code", secretOf(readCode(field.value))))) wrong(text("booth-recovery-not-this"), field);
        } catch (error) {
          wrong(fault(error), field);
        }
      })();
    });

    const passkeys = has("passkey");
    const able = passkeys && (await mayWork(app));
    element("by-passkey").hidden = !able;
    element("passkey-not-here").hidden = !passkeys || able;
    element("passkey-ask").addEventListener("click", () => {
      void (async () => {
        try {
          if (!(await take("passkey", await askPasskey()))) wrong(text("booth-recovery-passkey-other"));
        } catch (error) {
          wrong(fault(error));
        }
      })();
    });
    show("open");
  }

  // ---- sealing

  private async offer(purpose: Opener, root: Bytes): Promise<void> {
    if (purpose === "code") return this.offerCode(root);
    if (!(await mayWork(app))) return show("passkey-cannot");
    element("passkey-make").addEventListener("click", () => {
      void (async () => {
        try {
          await this.handIn(root, await seal(root, "passkey", await makePasskey(text("booth-recovery-passkey-name"))));
        } catch (error) {
          wrong(fault(error));
        }
      })();
    });
    show("passkey");
  }

  /** Shows a fresh code, and lets nobody go on who has not written it down. */
  private offerCode(root: Bytes): void {
    const code = freshCode();
    const parts = groups(code);
    element("code").replaceChildren(...parts.map((it) => make("span", {}, it)));
    const field = element<HTMLInputElement>("code-end");
    element("code-written").addEventListener("submit", (event) => {
      event.preventDefault();
      if (plain(field.value) !== parts.at(-1)) return wrong(text("booth-recovery-end-wrong"), field);
      void (async () => this.handIn(root, await seal(root, "code", secretOf(code))))().catch((error: unknown) => wrong(fault(error), field));
    });
    show("make");
  }

  /** Keeps the secret here, and hands the sealed copy to the app. */
  private async handIn(root: Bytes, sealed: Bytes): Promise<void> {
    const name = toBase64(await nameOf(root));
    await this.store.keepRoot(name, root);
    const anew = this.parcel.root !== null && this.parcel.root !== name;
    location.replace(`${app}/pick-up${wrap({ kind: "sealed", to: this.parcel.reply, reply: "", root: name, sealed: toBase64(sealed), anew })}`);
  }
}

/** Says what is wrong, at the field if there is one. */
const wrong = (words: string, field?: HTMLElement): void => showError(text("booth-problem"), words, field);

function fault(error: unknown): string {
  if (error instanceof NoCode) {
    return error.fault === "length" ? text("booth-recovery-length", { count: error.count }) : text(`booth-recovery-${error.fault}`);
  }
  if (error instanceof NoPrf) return text("booth-recovery-passkey-cannot");
  if (error instanceof StorageRefused) return `${text("booth-storage-text")} ${text("booth-storage-reason")}`;
  // A passkey that was refused, not found, or not confirmed.
  return text("booth-recovery-passkey-failed");
}

const parcel = received();
try {
  if (parcel?.kind !== "recovery") show("nothing");
  else {
    const store = await Store.open();
    // A secret that outlives a wave would be another person's tomorrow.
    if (await store.isShared()) show("shared");
    else await new Recovery(store, parcel).begin();
  }
} catch (error) {
  show(error instanceof StorageRefused ? "storage" : "nothing");
}
