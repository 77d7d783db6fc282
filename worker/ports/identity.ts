/** A person who signed in. */
export type Person = {
  userId: string;
  /** The organisation they are active in, with their role there; null for a personal session. */
  organization: { id: string; name: string; role: "owner" | "admin" | "member" } | null;
  /** The tenant to use when they have several and chose none; null means that they must choose. */
  defaultTenantId: string | null;
  /** When the credential was issued: what was learned of the person since then counts more. */
  issuedAt: Date;
};

/** The request carries a credential of this provider's kind that doesn't hold; `message` is for its sender. */
export class CredentialRefused extends Error {
  override readonly name = "CredentialRefused";
}

/** Recognises the person behind a request, without a network call. */
export interface IdentityProvider {
  /** Null: the request carries no credential of this kind. Throws `CredentialRefused` for one that doesn't hold. */
  authenticate(request: Request): Promise<Person | null>;
}
