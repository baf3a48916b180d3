// Secrets of voters, kept in this browser alone: {credential, seat, seed}, by the credential. Older
// ones stay, for a vote needs the one that was registered when it was opened.

import { credential_of, read_secret_file, secret_file, to_hex } from "./ballot.js";

function database() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("veche-voter", 1);
    open.onupgradeneeded = () =>
      open.result.createObjectStore("secrets", { keyPath: "credential" });
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
}

async function with_secrets(mode, act) {
  const transaction = (await database()).transaction("secrets", mode);
  const asked = act(transaction.objectStore("secrets"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

// What is kept for the seat.
export async function secrets_of(seat) {
  const all = await with_secrets("readonly", (store) => store.getAll());
  return all.filter((one) => one.seat === seat);
}

export async function keep(seat, seed) {
  const kept = { credential: await credential_of(seed), seat, seed: to_hex(seed) };
  await with_secrets("readwrite", (store) => store.put(kept));
  // Asks the browser not to clear it away when space runs short.
  await navigator.storage?.persist?.().catch(() => false);
  return kept;
}

export async function forget(seat) {
  for (const one of await secrets_of(seat))
    await with_secrets("readwrite", (store) => store.delete(one.credential));
}

export { read_secret_file, secret_file };

// Lets the link hand out a file.
export function offer(link, name, text) {
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
}

// "voter-pa-ru-1.key"
export const file_name = (seat) => `voter-${seat.replace(/[^A-Za-z0-9.-]+/g, "-")}.key`;
