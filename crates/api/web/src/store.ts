// What this browser holds, in the ballot origin's IndexedDB: for each wave a record for each person who uses
// the browser, told apart by the blinded element that was or will be issued to that person. A record goes from
// "pending" over "token" to "sent".
//
// A sent record keeps what many people share (wave, manifest, cohort) and the element, which says nothing
// about the token: nothing that could find a ballot. It stays so that the app page sees the same before and
// after sending.

import { type Bytes, same, toBase64 } from "./bytes.ts";
import type { Link } from "./chain.ts";
import { type Pinned, Refused } from "./manifest.ts";
import type { Seed } from "./seed.ts";
import type { Pending, Token } from "./token.ts";

interface Known {
  seq: number;
  /** The blinded element in base64url; empty in records of the first version, which did not keep it. */
  element: string;
  hash: Bytes;
  cohort: string;
  /** When the record may go. Unit: milliseconds since 1970. */
  closes: number;
  /** Whether other people use this browser: then it opens for whoever the app names, only. */
  shared?: boolean;
}

export type Held = Known &
  (({ state: "pending" } & Pending) | ({ state: "token" } & Token) | { state: "sent" });

/** The browser does not let this page keep anything: private window, full disk, or a setting. */
export class StorageRefused extends Error {
  override readonly name = "StorageRefused";
}

const TABLE = "records";
/** Where the first version kept one record for each wave. */
const BEFORE = "waves";
/** Links of the chain that this browser has seen; the same for everybody. */
const SEEN = "chain";
/** Secrets that outlive a wave, each under its name. Of that name itself: the seed that two devices share, if this person asked for one. */
const SEED = "seed";
/** Beside it: secrets from which check-ins are found again (M9), each under its name. */
const ROOT = "root:";
/** Beside them: the day on which this browser kept something first. */
const SINCE = "since";

const known = ({ manifest, hash }: Pinned, element: string, cohort: string, shared: boolean | undefined): Known => ({
  seq: manifest.seq,
  element,
  hash,
  cohort,
  closes: manifest.closes.getTime(),
  ...(shared === true ? { shared } : {}),
});

export class Store {
  private constructor(private readonly database: IDBDatabase) {}

  /** Opens the store; throws {@link StorageRefused} where the browser forbids it. */
  static open(): Promise<Store> {
    return refusing(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("tideline", 3);
          request.onupgradeneeded = () => upgrade(request.result, request.transaction);
          request.onsuccess = () => resolve(new Store(request.result));
          request.onerror = () => reject(request.error);
          request.onblocked = () => reject(new Error("blocked by another tab"));
        }),
    );
  }

  /**
   * What is held for this wave. Throws {@link Refused} if any of it was made for another manifest: then what
   * is published now is not what was published when this browser first saw the wave.
   */
  async records({ manifest, hash }: Pinned): Promise<Held[]> {
    const held = (await this.all()).filter((it) => it.seq === manifest.seq);
    if (held.some((it) => !same(it.hash, hash))) {
      throw new Refused("the manifest is not the one this browser saw first");
    }
    return held;
  }

  /** Keeps `pending`, unless the same element is held already; returns what is held then. */
  async keepPending(pinned: Pinned, pending: Pending, shared = false): Promise<Held> {
    await this.records(pinned);
    const element = toBase64(pending.blinded);
    const fresh: Held = { ...known(pinned, element, pending.cohort, shared), state: "pending", ...pending };
    return (await this.change(fresh.seq, element, (old) => old ?? fresh)) ?? fresh;
  }

  /** Puts the token in the place of the pending record of `element`. */
  async keepToken(pinned: Pinned, element: string, token: Token): Promise<void> {
    const { cohort } = token;
    await this.change(pinned.manifest.seq, element, (old) =>
      old?.state === "pending" && same(old.nonce, token.nonce)
        ? { ...known(pinned, element, cohort, old.shared), state: "token", ...token }
        : old,
    );
  }

  /** Forgets a pending record that will never become a token. */
  async forgetPending(seq: number, element: string): Promise<void> {
    await this.change(seq, element, (old) => (old?.state === "pending" ? undefined : old));
  }

  /** Deletes the token of `element` and notes that its ballot was sent. */
  async markSent(pinned: Pinned, { element, cohort, shared }: Held): Promise<void> {
    await this.change(pinned.manifest.seq, element, () => ({ ...known(pinned, element, cohort, shared), state: "sent" }));
  }

  /** Deletes what belongs to waves that closed more than a day before `now`. Unit: milliseconds since 1970. */
  async forgetClosed(now: number): Promise<void> {
    for (const { seq, element, closes } of await this.all()) {
      if (closes + 86_400_000 < now) await this.change(seq, element, () => undefined);
    }
  }

  /** Reads, decides and writes in one transaction, so that two tabs cannot cross. */
  private change(seq: number, element: string, decide: (old: Held | undefined) => Held | undefined): Promise<Held | undefined> {
    return refusing(
      () =>
        new Promise((resolve, reject) => {
          const transaction = this.database.transaction(TABLE, "readwrite", { durability: "strict" });
          const table = transaction.objectStore(TABLE);
          let result: Held | undefined;
          const read = table.get([seq, element]) as IDBRequest<Held | undefined>;
          read.onsuccess = () => {
            result = decide(read.result);
            if (result === undefined) table.delete([seq, element]);
            else if (result !== read.result) table.put(result);
          };
          transaction.oncomplete = () => resolve(result);
          transaction.onabort = () => reject(transaction.error);
          transaction.onerror = () => reject(transaction.error);
        }),
    );
  }

  /** The links of the chain that this browser has seen. */
  seen(): Promise<Link[]> {
    return this.ask(SEEN, "readonly", (table) => table.getAll());
  }

  /** Remembers what the chain says now. */
  async remember(chain: readonly Link[]): Promise<void> {
    const seen = new Set((await this.seen()).map((it) => it.seq));
    for (const link of chain) if (!seen.has(link.seq)) await this.ask(SEEN, "readwrite", (table) => table.put(link));
  }

  /** The seed, if two devices share one. */
  seed(): Promise<Seed | undefined> {
    return this.ask(SEED, "readonly", (table) => table.get(SEED));
  }

  /** Keeps `seed`, or forgets the one there was. */
  async keepSeed(seed: Seed | undefined): Promise<void> {
    if (seed === undefined) await this.ask(SEED, "readwrite", (table) => table.delete(SEED));
    else await this.ask(SEED, "readwrite", (table) => table.put(seed, SEED));
  }

  /** The secret of this name from which check-ins are found again, if it is here. */
  root(name: string): Promise<Bytes | undefined> {
    return this.ask(SEED, "readonly", (table) => table.get(ROOT + name));
  }

  /** Keeps a secret under its name. */
  async keepRoot(name: string, root: Bytes): Promise<void> {
    await this.ask(SEED, "readwrite", (table) => table.put(root, ROOT + name));
  }

  /** Whether other people use this browser, as somebody said of it. */
  async isShared(): Promise<boolean> {
    return (await this.all()).some((it) => it.shared === true);
  }

  /** The day on which this browser kept something first: `today`, if it is now. */
  async since(today: string): Promise<string> {
    const before = await this.ask<string | undefined>(SEED, "readonly", (table) => table.get(SINCE));
    if (before === undefined) await this.ask(SEED, "readwrite", (table) => table.put(today, SINCE));
    return before ?? today;
  }

  private all(): Promise<Held[]> {
    return this.ask(TABLE, "readonly", (table) => table.getAll());
  }

  private ask<T>(name: string, mode: IDBTransactionMode, work: (table: IDBObjectStore) => IDBRequest): Promise<T> {
    return refusing(
      () =>
        new Promise((resolve, reject) => {
          const transaction = this.database.transaction(name, mode, { durability: "strict" });
          const request = work(transaction.objectStore(name));
          transaction.oncomplete = () => resolve(request.result as T);
          transaction.onabort = () => reject(transaction.error);
          transaction.onerror = () => reject(transaction.error);
        }),
    );
  }
}

/** Brings the database to this version; what the first one kept is carried over. */
function upgrade(database: IDBDatabase, transaction: IDBTransaction | null): void {
  const has = (name: string): boolean => database.objectStoreNames.contains(name);
  if (!has(SEEN)) database.createObjectStore(SEEN, { keyPath: "seq" });
  if (!has(SEED)) database.createObjectStore(SEED);
  const records = database.createObjectStore(TABLE, { keyPath: ["seq", "element"] });
  if (transaction === null || !has(BEFORE)) return;
  const before = transaction.objectStore(BEFORE).getAll() as IDBRequest<Held[]>;
  before.onsuccess = () => {
    for (const it of before.result) {
      records.put({ ...it, element: it.state === "pending" ? toBase64(it.blinded) : "" });
    }
    database.deleteObjectStore(BEFORE);
  };
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageRefused("the browser refused to keep data for this page", { cause });
  }
}
