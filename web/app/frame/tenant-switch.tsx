import { ChevronsUpDown } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { List, Tenant } from "../api/shapes.ts";
import { chooseTenant, chosenTenant, tenantOnShow, workspaceNames } from "../api/tenant-choice.ts";
import { Menu, MenuChoice } from "../components/ui/menu.tsx";
import { useIdentity } from "../session/use-identity.ts";

/** The workspace on show, and the way to another where the reader belongs to several. */
export function TenantSwitch() {
  const { t } = useTranslation("frame");
  const { tenants, current } = useWorkspaces();
  const face = "flex min-h-10 w-full items-center gap-2.5 rounded-lg p-1.5 text-start max-xl:justify-center";
  if (!current) return <span className={`${face} max-sm:hidden`} />;
  const inside = (
    <>
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-md bg-sea-wash text-sm font-semibold text-sea"
      >
        {[...current.name][0]?.toLocaleUpperCase()}
      </span>
      <span className="min-w-0 flex-1 truncate font-medium max-xl:sr-only">
        <span className="sr-only">{t("workspaceIs")} </span>
        {current.name}
      </span>
    </>
  );
  if (tenants.length < 2) {
    return (
      <p className={`${face} max-sm:hidden`} title={current.name}>
        {inside}
      </p>
    );
  }
  return (
    <Menu
      side="right"
      trigger={
        <button
          type="button"
          className={`${face} hover:bg-sea-wash max-sm:w-auto max-sm:px-3`}
          title={current.name}
        >
          {inside}
          <ChevronsUpDown className="size-4 shrink-0 text-soft max-xl:hidden" aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        label={t("workspace")}
        value={current.id}
        options={tenants.map(({ id, name }) => ({ value: id, name }))}
        onChoose={(id) => void tenants.find((workspace) => workspace.id === id)?.enter()}
      />
    </Menu>
  );
}

/** Everything on the page is the other workspace's, so the page begins anew. */
function switchTo(id: string | null): void {
  chooseTenant(id);
  window.location.assign("/");
}

type Workspace = { id: string; name: string; enter: () => unknown };

/**
 * Those that can be switched between: one's own by asking the API for them, an organisation's by acting for it, as the
 * session's token then says.
 */
function useWorkspaces(): { tenants: Workspace[]; current: Workspace | undefined } {
  const { tenants, current } = useTenants();
  const identity = useIdentity();
  if (!identity) {
    const own = (tenant: Tenant): Workspace => ({ ...tenant, enter: () => switchTo(tenant.id) });
    return { tenants: tenants.map(own), current: current && own(current) };
  }
  const enter = async (organization: string | null, tenantId: string | null) => {
    await identity.switchTo(organization);
    switchTo(tenantId);
  };
  const workspaces = [
    ...tenants.map(({ id, name }) => ({ id, name, enter: () => enter(null, id) })),
    ...identity.organizations.map(({ id, name }) => ({ id, name, enter: () => enter(id, null) })),
  ];
  return {
    tenants: workspaces,
    current: workspaces.find(({ id }) => id === (identity.organization ?? current?.id)),
  };
}

function useTenants(): { tenants: Tenant[]; current: Tenant | undefined } {
  const [all, setAll] = useState<Tenant[]>([]);
  const changes = useSyncExternalStore(workspaceNames.subscribe, workspaceNames.changes, () => 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change makes them be read again
  useEffect(() => {
    const controller = new AbortController();
    readJson<List<Tenant>>("/tenants", { signal: controller.signal }).then(
      ({ data }) => {
        const chosen = chosenTenant();
        // A workspace one has left can't be asked for any more.
        if (chosen && !data.some(({ id }) => id === chosen)) switchTo(null);
        setAll(data);
      },
      // The page itself says what is wrong; without names there is just nothing to switch to.
      () => undefined,
    );
    return () => controller.abort();
  }, [changes]);
  const tenants = all.filter(({ kind }) => kind === "personal");
  return { tenants, current: tenantOnShow(all) };
}
