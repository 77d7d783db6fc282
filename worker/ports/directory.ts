/** What the identity provider tells of people and organisations. Dates are of the change, not of its delivery. */
export type DirectoryChange =
  | { kind: "person"; userId: string; name: string; email: string; changedAt: Date }
  | { kind: "person_deleted"; userId: string; changedAt: Date }
  | { kind: "organization"; organization: DirectoryOrganization; changedAt: Date }
  | { kind: "organization_deleted"; organizationId: string; changedAt: Date }
  | { kind: "membership"; membership: DirectoryMembership; changedAt: Date }
  | { kind: "membership_deleted"; membership: DirectoryMembership; changedAt: Date };

export type DirectoryOrganization = {
  id: string;
  name: string;
  /** Null where the provider doesn't say. */
  founderId: string | null;
};

export type DirectoryMembership = {
  id: string;
  organization: DirectoryOrganization;
  userId: string;
  role: "owner" | "admin" | "member";
  beganAt: Date;
};

export type DirectoryEvent = { id: string; type: string; change: DirectoryChange };

/** The event's signature doesn't hold: somebody else sent it, it was changed, or it is too old. */
export class ForgedEvent extends Error {
  override readonly name = "ForgedEvent";
}

/** Reads what the provider sends. */
export interface DirectoryWebhook {
  /** Null: genuine, but of no concern. Throws `ForgedEvent`. */
  read(request: Request): Promise<DirectoryEvent | null>;
}
