import type { TenantContext } from "../../context.ts";

/** Whose conversations these are: a person's own, or those held through one API key. */
export function actorId({ actor }: Pick<TenantContext, "actor">): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "key":
      return `key:${actor.keyId}`;
    case "system":
      return actor.name;
  }
}
