/** Who asks. `tenantId` is set when the credential itself names the tenant (an API key, an organisation). */
export type Principal = {
  userId: string;
  tenantId: string | null;
  /** The tenant to use when the person has several and chose none; null means that they must choose. */
  defaultTenantId: string | null;
};

/** Recognises the sender of a request, without a network call. Null: no credential this provider knows. */
export interface IdentityProvider {
  authenticate(request: Request): Promise<Principal | null>;
}
