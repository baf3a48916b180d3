// Bytes, base64 and SHA-256 in the browser's own tools.

export const utf8 = new TextEncoder();

export function from_base64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

export function to_base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

export function join(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}
