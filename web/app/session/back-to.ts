/** Where signing in leads: the page that was asked for, if it is one of ours. */
export function backTo({ origin, search }: Pick<Location, "origin" | "search">): string {
  const asked = new URLSearchParams(search).get("redirect_url");
  const target = asked && URL.canParse(asked, origin) ? new URL(asked, origin) : null;
  return target?.origin === origin ? target.pathname + target.search : "/";
}
