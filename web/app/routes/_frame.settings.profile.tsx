import { pageTitle } from "../frame/page-title.ts";
import { ProfileSection } from "../settings/profile-section.tsx";

export const meta = pageTitle("settings");

export default ProfileSection;
