import { pageTitle } from "../frame/page-title.ts";
import { DataSection } from "../settings/data-section.tsx";

export const meta = pageTitle("settings");

export default DataSection;
