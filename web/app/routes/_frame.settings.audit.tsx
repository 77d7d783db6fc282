import { type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { pageTitle } from "../frame/page-title.ts";
import { isAuditAction } from "../settings/audit/actions.ts";
import { AuditSection } from "../settings/audit/audit-section.tsx";
import { loadAudit } from "../settings/load-settings.ts";
import { SectionProblem } from "../settings/section-problem.tsx";

export const meta = pageTitle("settings");

export function clientLoader({ request }: ClientLoaderFunctionArgs) {
  const wanted = new URL(request.url).searchParams.get("action");
  return loadAudit(isAuditAction(wanted) ? wanted : null);
}
clientLoader.hydrate = true;

export default function AuditRoute() {
  return <AuditSection data={useLoaderData<typeof clientLoader>()} />;
}

export { SectionProblem as ErrorBoundary };
