/** Clerk's keys of roles. Its two default ones are `org:admin` and `org:member`; `org:owner` can be added there. */
export function toRole(key: string | undefined): "owner" | "admin" | "member" {
  if (key === "org:owner") return "owner";
  return key === "org:admin" ? "admin" : "member";
}
