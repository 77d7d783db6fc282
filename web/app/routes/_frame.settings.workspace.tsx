import { pageTitle } from "../frame/page-title.ts";
import { WorkspaceSection } from "../settings/workspace-section.tsx";

export const meta = pageTitle("settings");

export default WorkspaceSection;
