import { useLoaderData } from "@remix-run/react";
import { pageTitle } from "../frame/page-title.ts";
import { loadMembers } from "../settings/load-settings.ts";
import { MembersSection } from "../settings/members-section.tsx";
import { SectionProblem } from "../settings/section-problem.tsx";

export const meta = pageTitle("settings");

export function clientLoader() {
  return loadMembers();
}
clientLoader.hydrate = true;

export default function MembersRoute() {
  return <MembersSection members={useLoaderData<typeof clientLoader>()} />;
}

export { SectionProblem as ErrorBoundary };
