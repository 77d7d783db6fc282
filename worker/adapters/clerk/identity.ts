import type { ClerkClient } from "@clerk/backend";
import { CredentialRefused, type IdentityProvider } from "../../ports/identity.ts";
import { toRole } from "./roles.ts";

export type ClerkOptions = {
  secretKey: string;
  publishableKey: string;
  /** The public key in PEM: with it no request needs Clerk's network. */
  jwtKey: string;
  /** Origins whose session tokens are accepted. Clerk skips the check when there is none, so there must be one. */
  authorizedParties: string[];
};

/** Recognises Clerk's session tokens, in the Authorization header or the `__session` cookie, without a network call. */
export function createClerkIdentity(options: ClerkOptions): IdentityProvider {
  const { jwtKey, authorizedParties } = options;
  if (authorizedParties.length === 0) throw new Error("Clerk needs at least one authorized party");
  let client: ClerkClient | undefined;
  return {
    async authenticate(request) {
      const token = sessionToken(request, authorizedParties);
      if (token === null) return null;
      if (!client) {
        const { createClerkClient } = await import("@clerk/backend");
        client = createClerkClient({ ...options, telemetry: { disabled: true } });
      }
      // The token alone: cookies and parameters of the real request can make Clerk redirect, throw or call its API,
      // which a server of JSON must not do at a stranger's wish.
      const bare = new Request(request.url.replace(/[?#].*$/, ""), {
        headers: { Authorization: `Bearer ${token}` },
      });
      const state = await client.authenticateRequest(bare, { jwtKey, authorizedParties });
      const auth = state.isAuthenticated ? state.toAuth() : null;
      if (!auth || !("orgId" in auth) || !auth.userId) throw new CredentialRefused(sentence(state.reason));
      const { userId, orgId, orgRole, orgSlug, sessionClaims } = auth;
      return {
        userId,
        organization: orgId ? { id: orgId, name: orgSlug ?? orgId, role: toRole(orgRole) } : null,
        defaultTenantId: null,
        issuedAt: new Date(sessionClaims.iat * 1_000),
      };
    },
  };
}

/** A header that is there decides, right or wrong; the cookie counts only without one. */
function sessionToken(request: Request, authorizedParties: string[]): string | null {
  const header = request.headers.get("Authorization");
  if (header !== null) {
    const [, token] = /^Bearer +(\S+)$/i.exec(header) ?? [];
    if (!token) throw new CredentialRefused("The Authorization header has to be `Bearer` and a token.");
    return token;
  }
  const [, cookie] = /(?:^|;\s*)__session=([^;\s]+)/.exec(request.headers.get("Cookie") ?? "") ?? [];
  if (!cookie) return null;
  refuseForeignOrigin(request, authorizedParties);
  return cookie;
}

/** A cookie is sent by the browser, whoever made the page: what changes something must come from a page of ours. */
function refuseForeignOrigin(request: Request, authorizedParties: string[]): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("Origin");
  if (origin !== null && !authorizedParties.includes(origin)) {
    throw new CredentialRefused("This request comes from a page that may not use your session.");
  }
}

function sentence(reason: string | null): string {
  if (reason?.includes("expired")) return "This session token has expired. Sign in again.";
  if (reason?.includes("authorized-parties")) return "This session token was issued for another application.";
  return "This session token is not valid.";
}
