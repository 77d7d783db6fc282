import type { OrganizationJSON, OrganizationMembershipJSON, UserJSON, WebhookEvent } from "@clerk/backend";
import {
  type DirectoryChange,
  type DirectoryMembership,
  type DirectoryOrganization,
  type DirectoryWebhook,
  ForgedEvent,
} from "../../ports/directory.ts";
import { toRole } from "./roles.ts";

/** Reads Clerk's webhooks (Standard Webhooks: HMAC over id, time and raw body; five minutes of tolerance). */
export function createClerkWebhook(options: { signingSecret: string }): DirectoryWebhook {
  return {
    async read(request) {
      const { verifyWebhook } = await import("@clerk/backend/webhooks");
      const id = request.headers.get("svix-id") ?? "";
      const event = await verifyWebhook(request, options).catch((error: unknown) => {
        throw new ForgedEvent("the signature doesn't hold", { cause: error });
      });
      const change = toChange(event);
      return change && { id, type: event.type, change };
    },
  };
}

function toChange(event: WebhookEvent): DirectoryChange | null {
  const at = new Date(event.timestamp);
  switch (event.type) {
    case "user.created":
    case "user.updated":
      return toPerson(event.data);
    case "user.deleted":
      return event.data.id ? { kind: "person_deleted", userId: event.data.id, changedAt: at } : null;
    case "organization.created":
    case "organization.updated":
      return {
        kind: "organization",
        organization: toOrganization(event.data),
        changedAt: new Date(event.data.updated_at),
      };
    case "organization.deleted":
      return event.data.id
        ? { kind: "organization_deleted", organizationId: event.data.id, changedAt: at }
        : null;
    case "organizationMembership.created":
    case "organizationMembership.updated":
      return {
        kind: "membership",
        membership: toMembership(event.data),
        changedAt: new Date(event.data.updated_at),
      };
    case "organizationMembership.deleted":
      return { kind: "membership_deleted", membership: toMembership(event.data), changedAt: at };
    default:
      return null;
  }
}

function toPerson(user: UserJSON): DirectoryChange {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  return {
    kind: "person",
    userId: user.id,
    name: [user.first_name, user.last_name].filter(Boolean).join(" "),
    email: primary?.email_address ?? "",
    changedAt: new Date(user.updated_at),
  };
}

function toOrganization({ id, name, created_by }: OrganizationJSON): DirectoryOrganization {
  return { id, name, founderId: created_by ?? null };
}

function toMembership(membership: OrganizationMembershipJSON): DirectoryMembership {
  return {
    id: membership.id,
    organization: toOrganization(membership.organization),
    userId: membership.public_user_data.user_id,
    role: toRole(membership.role),
    beganAt: new Date(membership.created_at),
  };
}
