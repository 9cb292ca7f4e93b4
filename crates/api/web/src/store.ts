// What this browser holds, in the ballot origin's IndexedDB: for each wave one record, which goes
// from "pending" over "token" to "sent".
//
// A sent record keeps only what many people share (wave, manifest, cohort), nothing that could find
// a ballot. It stays so that the app page sees the same before and after sending.

import { type Bytes, same } from "./bytes.ts";
import type { Link } from "./chain.ts";
import { type Pinned, Refused } from "./manifest.ts";
import type { Pending, Token } from "./token.ts";

interface Known {
  seq: number;
  hash: Bytes;
  cohort: string;
  /** When the record may go. Unit: milliseconds since 1970. */
  closes: number;
}

export type Held = Known &
  (({ state: "pending" } & Pending) | ({ state: "token" } & Token) | { state: "sent" });

/** The browser does not let this page keep anything: private window, full disk, or a setting. */
export class StorageRefused extends Error {
  override readonly name = "StorageRefused";
}

const TABLE = "waves";
/** Links of the chain that this browser has seen; the same for everybody. */
const SEEN = "chain";
/** The seed that two devices share, if this person asked for one. */
const SEED = "seed";

/** What the blinding of each wave is derived from, if two devices share it; good from wave `seq` on. */
export interface Seed {
  seq: number;
  seed: Bytes;
}

const known = ({ manifest, hash }: Pinned, cohort: string): Known => ({
  seq: manifest.seq,
  hash,
  cohort,
  closes: manifest.closes.getTime(),
});

export class Store {
  private constructor(private readonly database: IDBDatabase) {}

  /** Opens the store; throws {@link StorageRefused} where the browser forbids it. */
  static open(): Promise<Store> {
    return refusing(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("tideline", 2);
          request.onupgradeneeded = () => {
            const { result } = request;
            if (!result.objectStoreNames.contains(TABLE)) result.createObjectStore(TABLE, { keyPath: "seq" });
            result.createObjectStore(SEEN, { keyPath: "seq" });
            result.createObjectStore(SEED);
          };
          request.onsuccess = () => resolve(new Store(request.result));
          request.onerror = () => reject(request.error);
          request.onblocked = () => reject(new Error("blocked by another tab"));
        }),
    );
  }

  /**
   * What is held for this wave. Throws {@link Refused} if it was made for another manifest: then what
   * is published now is not what was published when this browser first saw the wave.
   */
  async held({ manifest, hash }: Pinned): Promise<Held | undefined> {
    return unchanged(await this.change(manifest.seq, (old) => old), hash);
  }

  /** Keeps `pending`, unless something is held already, from another tab or an earlier try; returns what is held then. */
  async keepPending(pinned: Pinned, pending: Pending): Promise<Held> {
    const fresh: Held = { ...known(pinned, pending.cohort), state: "pending", ...pending };
    const held = await this.change(pinned.manifest.seq, (old) => old ?? fresh);
    return unchanged(held, pinned.hash) ?? fresh;
  }

  /** Puts the token in the place of the pending record it came from. */
  async keepToken(pinned: Pinned, token: Token): Promise<void> {
    const fresh: Held = { ...known(pinned, token.cohort), state: "token", ...token };
    await this.change(fresh.seq, (old) => (old?.state === "pending" && same(old.nonce, token.nonce) ? fresh : old));
  }

  /** Forgets a pending record that will never become a token. */
  async forgetPending(seq: number, nonce: Bytes): Promise<void> {
    await this.change(seq, (old) => (old?.state === "pending" && same(old.nonce, nonce) ? undefined : old));
  }

  /** Deletes the token and notes that this browser has sent the wave's ballot. */
  async markSent(pinned: Pinned, cohort: string): Promise<void> {
    await this.change(pinned.manifest.seq, () => ({ ...known(pinned, cohort), state: "sent" }));
  }

  /** Deletes what belongs to waves that closed more than a day before `now`. Unit: milliseconds since 1970. */
  async forgetClosed(now: number): Promise<void> {
    for (const { seq, closes } of await this.all()) {
      if (closes + 86_400_000 < now) await this.change(seq, () => undefined);
    }
  }

  /** Reads, decides and writes in one transaction, so that two tabs cannot cross. */
  private change(seq: number, decide: (old: Held | undefined) => Held | undefined): Promise<Held | undefined> {
    return refusing(
      () =>
        new Promise((resolve, reject) => {
          const transaction = this.database.transaction(TABLE, "readwrite", { durability: "strict" });
          const table = transaction.objectStore(TABLE);
          let result: Held | undefined;
          const read = table.get(seq) as IDBRequest<Held | undefined>;
          read.onsuccess = () => {
            result = decide(read.result);
            if (result === undefined) table.delete(seq);
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

  /** Whether this browser holds anything for a wave that is not over. */
  async empty(): Promise<boolean> {
    return (await this.all()).length === 0;
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

function unchanged(held: Held | undefined, hash: Bytes): Held | undefined {
  if (held !== undefined && !same(held.hash, hash)) {
    throw new Refused("the manifest is not the one this browser saw first");
  }
  return held;
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageRefused("the browser refused to keep data for this page", { cause });
  }
}
