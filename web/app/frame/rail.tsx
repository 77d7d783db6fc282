import { Link, NavLink } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { useTranslation } from "react-i18next";
import { AnchorMark } from "../components/anchor-mark.tsx";
import { PaletteDoor } from "./palette-door.tsx";
import { PLACES } from "./places.ts";
import { PreferencesMenu } from "./preferences-menu.tsx";
import { TenantSwitch } from "./tenant-switch.tsx";

/** One's way about: names when there is room, icons else, a bar below on phones. */
export function Rail() {
  const { t } = useTranslation("frame");
  return (
    <nav
      aria-label={t("navigation")}
      data-screen
      className="flex shrink-0 bg-sunken max-sm:border-t max-sm:border-line max-sm:pb-[env(safe-area-inset-bottom)] sm:w-16 sm:flex-col sm:px-2 sm:py-3 xl:w-52"
    >
      <Link
        to="/"
        aria-label={t("brand", { ns: "everywhere" })}
        className="mb-2 flex items-center gap-2 rounded-lg p-2 text-lg font-semibold tracking-tight max-sm:hidden max-xl:justify-center"
      >
        <AnchorMark className="size-7" />
        <span className="max-xl:hidden">Ancre</span>
      </Link>
      <TenantSwitch />
      <PaletteDoor />
      <ul className="flex max-sm:min-w-0 max-sm:flex-1 sm:mt-2 sm:flex-col sm:gap-0.5 sm:max-xl:items-center">
        {PLACES.map(({ to, name, icon: Icon }) => (
          <li key={to} className="max-sm:min-w-11 max-sm:flex-auto">
            <NavLink
              to={to}
              title={t(name)}
              className={({ isActive }) =>
                cx(
                  "flex items-center gap-3 rounded-lg font-medium transition-colors max-xl:flex-col max-xl:gap-0.5 max-sm:px-0.5 max-sm:py-2 max-sm:text-[0.6875rem] sm:max-xl:size-11 sm:max-xl:justify-center xl:min-h-10 xl:px-2.5",
                  isActive ? "text-sea sm:bg-sea-wash" : "text-soft hover:text-sea sm:hover:bg-sea-wash",
                )
              }
            >
              <Icon className="size-5" aria-hidden="true" />
              <span className="max-w-full truncate sm:max-xl:sr-only">{t(name)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
      <PreferencesMenu />
    </nav>
  );
}
