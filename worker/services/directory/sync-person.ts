import { and, isNull, lte } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { people } from "../../db/schema/people.ts";
import type { DirectoryChange } from "../../ports/directory.ts";

type Person = Extract<DirectoryChange, { kind: "person" }>;
type Deleted = Extract<DirectoryChange, { kind: "person_deleted" }>;

/** Keeps a person's name, unless something newer is known or they were deleted: their id never comes back. */
export function syncPerson(q: Database, { userId, name, email, changedAt }: Person) {
  const facts = { name, email, changed_at: changedAt };
  return [
    q
      .insert(people)
      .values({ user_id: userId, ...facts })
      .onConflictDoUpdate({
        target: people.user_id,
        set: facts,
        setWhere: and(isNull(people.deleted_at), lte(people.changed_at, changedAt)),
      }),
  ];
}

/** Forgets a person's name and address for good. The id stays, so that a late event can't bring them back. */
export function forgetPerson(q: Database, { userId, changedAt }: Deleted) {
  const gone = { name: "", email: "", changed_at: changedAt, deleted_at: changedAt };
  return [
    q
      .insert(people)
      .values({ user_id: userId, ...gone })
      .onConflictDoUpdate({ target: people.user_id, set: gone }),
  ];
}
