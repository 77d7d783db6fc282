import { base64, fromBase64 } from "./keys.ts";

/** For `new Request(url, …)`; `body` is what was signed, byte for byte. */
export type SignedWebhook = { method: "POST"; headers: Record<string, string>; body: string };

/**
 * Signs an event as Clerk's sender (Svix) does.
 *
 * @param secret `whsec_…`
 * @param event `id` names the delivery and stays the same when it is repeated; `at` is when it is sent, by default now
 */
export async function signWebhook(
  secret: string,
  { id, payload, at = new Date() }: { id: string; payload: object; at?: Date },
): Promise<SignedWebhook> {
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const bytes = fromBase64(secret.replace(/^whsec_/, ""));
  const key = await crypto.subtle.importKey("raw", bytes, hmac, false, ["sign"]);
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signature = base64(new Uint8Array(await crypto.subtle.sign("HMAC", key, content)));
  return {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "svix-id": id,
      "svix-timestamp": timestamp,
      "svix-signature": `v1,${signature}`,
    },
    body,
  };
}
