import { createClerkKeys } from "../../../dev/clerk/keys.ts";
import { signSessionToken } from "../../../dev/clerk/session-token.ts";
import { mintKey } from "../../services/api-keys/key-text.ts";
import {
  asOwner,
  clerkKeys,
  PARTY,
  sessionToken,
  type TestTenant,
  uniqueId,
  withApiKey,
} from "../harness.ts";

/** Headers that look like a credential and hold for nobody, by what is wrong with them. */
export async function badCredentials(owner: TestTenant): Promise<Record<string, Record<string, string>>> {
  const org = { id: uniqueId("org"), slug: "theirs", role: "org:admin" };
  const claims = { userId: uniqueId("user"), org, azp: PARTY };
  const sign = (changed: object) => signSessionToken(clerkKeys(), { ...claims, ...changed });
  const good = await sign({});
  const [head = "", payload = "", signature = ""] = good.split(".");
  const { key } = await withApiKey(owner, { scopes: ["chat", "read", "write"] });
  const hourAgo = new Date(Date.now() - 3_600_000);
  const texts = {
    "garbage like a key": "anc_garbage",
    "a key without its end": key.slice(0, -7),
    "a mistyped key": key.replace(/.$/, (end) => (end === "A" ? "B" : "A")),
    "a key with a longer end": `${key}0`,
    "a well-formed key that nobody has": (await mintKey()).text,
    "a key's id with another's secret": await crossedKey(owner),
    "a revoked key": await revokedKey(owner),
    "an expired key": await expiredKey(owner),
    "garbage like a token": "e30.e30.e30",
    "no token at all": "x",
    "an expired token": await sign({ issuedAt: hourAgo }),
    "a token that isn't valid yet": await sign({ issuedAt: new Date(Date.now() + 3_600_000) }),
    "a token for another party": await sign({ azp: "https://evil.example" }),
    "a token for no party": await sign({ azp: undefined }),
    "a token of another key pair": await signSessionToken(await createClerkKeys(), claims),
    "a token with other claims than were signed": [head, withOtherSubject(payload), signature].join("."),
    "a token without a signature": `${head}.${payload}.`,
    "a token that asks for no algorithm": `${base64url('{"alg":"none","typ":"JWT"}')}.${payload}.`,
  };
  const user = uniqueId("user");
  return {
    "no credential": {},
    "an empty header": { Authorization: "" },
    "a bearer of nothing": { Authorization: "Bearer " },
    "another scheme": { Authorization: `Basic ${btoa("admin:admin")}` },
    "a key under another scheme": { Authorization: `Basic ${key}` },
    "a key outside Authorization": { "X-Api-Key": key, Cookie: `__session=${key}` },
    "an expired token in the cookie": { Cookie: `__session=${await sign({ issuedAt: hourAgo })}` },
    "a bad token beside a good cookie": {
      Authorization: "Bearer x",
      Cookie: `__session=${await sessionToken({ user, org })}`,
    },
    ...Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, { Authorization: `Bearer ${text}` }]),
    ),
  };
}

async function revokedKey(owner: TestTenant): Promise<string> {
  const { key, keyId } = await withApiKey(owner, { scopes: ["chat", "read", "write"] });
  await owner.json("DELETE", `/api-keys/${keyId}`);
  return key;
}

async function expiredKey(owner: TestTenant): Promise<string> {
  const { key, keyId } = await withApiKey(owner, { scopes: ["chat", "read", "write"] });
  await asOwner()`update api_keys set expires_at = now() - interval '1 second' where id = ${keyId}`;
  return key;
}

/** Well-formed, with the id of a key that there is and another secret. */
async function crossedKey(owner: TestTenant): Promise<string> {
  const { keyId } = await withApiKey(owner, { scopes: ["chat", "read", "write"] });
  const { text, prefix } = await mintKey();
  await asOwner()`update api_keys set prefix = ${prefix} where id = ${keyId}`;
  return text;
}

const base64url = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function withOtherSubject(payload: string): string {
  const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
  return base64url(JSON.stringify({ ...claims, sub: "user_mallory" }));
}
