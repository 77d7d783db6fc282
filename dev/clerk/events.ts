import type {
  DeletedObjectJSON,
  EmailAddressJSON,
  OrganizationJSON,
  OrganizationMembershipJSON,
  UserJSON,
} from "@clerk/backend";
import type {
  OrganizationMembershipWebhookEvent,
  OrganizationWebhookEvent,
  UserWebhookEvent,
} from "@clerk/backend/webhooks";

export type Change = "created" | "updated" | "deleted";

export type Person = { id: string; email?: string; firstName?: string; lastName?: string; locale?: string };

export type Organization = { id: string; name: string; slug?: string; createdBy?: string };

export type Membership = {
  id?: string;
  organization: Organization;
  user: Person;
  role: string;
  /** When it began; by default at the event */
  createdAt?: Date;
};

/** `user.created`, `user.updated` or `user.deleted`; `at` is when it happened, by default now. */
export function userEvent(change: Change, person: Person, at: Date = new Date()): UserWebhookEvent {
  if (change === "deleted") {
    return { ...envelope(at), type: "user.deleted", data: deleted("user", person.id) };
  }
  return { ...envelope(at), type: `user.${change}`, data: userJson(person, at.getTime()) };
}

/** `organization.created`, `organization.updated` or `organization.deleted`. */
export function organizationEvent(
  change: Change,
  organization: Organization,
  at: Date = new Date(),
): OrganizationWebhookEvent {
  if (change === "deleted") {
    return { ...envelope(at), type: "organization.deleted", data: deleted("organization", organization.id) };
  }
  const data = organizationJson(organization, at.getTime());
  return { ...envelope(at), type: `organization.${change}`, data };
}

/** `organizationMembership.created`, `.updated` or `.deleted`: the last one too comes with the whole membership. */
export function membershipEvent(
  change: Change,
  membership: Membership,
  at: Date = new Date(),
): OrganizationMembershipWebhookEvent {
  const data = membershipJson(membership, at.getTime());
  return { ...envelope(at), type: `organizationMembership.${change}`, data };
}

function envelope(at: Date) {
  return {
    object: "event" as const,
    event_attributes: { http_request: { client_ip: "", user_agent: "" } },
    timestamp: at.getTime(),
    instance_id: "ins_local",
  };
}

function deleted(object: string, id: string): DeletedObjectJSON {
  return { object, id, deleted: true };
}

function userJson(person: Person, at: number): UserJSON {
  const email = person.email ? emailJson(person.id, person.email) : null;
  return {
    object: "user",
    id: person.id,
    username: null,
    first_name: person.firstName ?? null,
    last_name: person.lastName ?? null,
    image_url: "",
    has_image: false,
    primary_email_address_id: email?.id ?? null,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    password_enabled: true,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    email_addresses: email ? [email] : [],
    phone_numbers: [],
    web3_wallets: [],
    organization_memberships: null,
    external_accounts: [],
    enterprise_accounts: [],
    password_last_updated_at: null,
    public_metadata: {},
    private_metadata: {},
    unsafe_metadata: {},
    external_id: null,
    last_sign_in_at: null,
    banned: false,
    locked: false,
    deprovisioned: false,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: null,
    created_at: at,
    updated_at: at,
    last_active_at: at,
    create_organization_enabled: true,
    create_organizations_limit: null,
    delete_self_enabled: true,
    legal_accepted_at: null,
    locale: person.locale ?? null,
    timezone: null,
  };
}

function emailJson(userId: string, address: string): EmailAddressJSON {
  return {
    object: "email_address",
    id: userId.replace(/^user_/, "idn_"),
    email_address: address,
    verification: null,
    linked_to: [],
  };
}

function organizationJson({ id, name, slug, createdBy }: Organization, at: number): OrganizationJSON {
  return {
    object: "organization",
    id,
    name,
    slug: slug ?? id.replace(/^org_/, ""),
    has_image: false,
    max_allowed_memberships: 5,
    admin_delete_enabled: true,
    public_metadata: {},
    private_metadata: {},
    ...(createdBy ? { created_by: createdBy } : {}),
    created_at: at,
    updated_at: at,
  };
}

function membershipJson(
  { id, organization, user, role, createdAt }: Membership,
  at: number,
): OrganizationMembershipJSON {
  return {
    object: "organization_membership",
    id: id ?? `orgmem_${organization.id}_${user.id}`,
    public_metadata: {},
    private_metadata: {},
    role,
    permissions: [],
    created_at: createdAt?.getTime() ?? at,
    updated_at: at,
    organization: organizationJson(organization, at),
    public_user_data: {
      user_id: user.id,
      identifier: user.email ?? user.id,
      first_name: user.firstName ?? null,
      last_name: user.lastName ?? null,
      image_url: "",
      has_image: false,
    },
  };
}
