import type { Metric, Plan, PlanName, Price } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";

const MONTHLY: ReadonlySet<Metric> = new Set<Metric>(["questions", "pages"]);
const ROWS: Metric[] = ["questions", "pages", "documents", "storage_bytes", "assistants", "members"];

type Props = {
  plans: Plan[];
  current: PlanName;
  /** Undefined for those who don't see it, null where it can't be known. */
  price: Price | null | undefined;
};

/** The plans side by side, the tenant's own marked. */
export function PlanComparison({ plans, current, price }: Props) {
  const { plan: t } = useMessages();
  const priceOf = (name: PlanName) => {
    if (name === "free") return t.free;
    return price ? t.price(price) : t.priceUnknown;
  };
  return (
    <section aria-labelledby="plans-title">
      <h2 id="plans-title">{t.plans}</h2>
      <table className="figures comparison" aria-labelledby="plans-title">
        <thead>
          <tr>
            <td />
            {plans.map(({ name }) => (
              <th key={name} scope="col" data-current={name === current}>
                <span className="plan-name">{t.planNames[name]}</span>
                {price !== undefined && <span className="plan-price">{priceOf(name)}</span>}
                {name === current && <span className="plan-own">{t.yourPlan}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((metric) => (
            <tr key={metric}>
              <th scope="row">
                {t.metrics[metric]}
                {MONTHLY.has(metric) && <span className="soft"> {t.perMonth}</span>}
              </th>
              {plans.map(({ name, limits }) => (
                <td key={name} data-current={name === current}>
                  {t.amount(metric, limits[metric])}
                </td>
              ))}
            </tr>
          ))}
          <BytesRow label={t.maxImport} plans={plans} current={current} of="max_import_bytes" />
          <BytesRow label={t.maxFile} plans={plans} current={current} of="max_file_bytes" />
        </tbody>
      </table>
    </section>
  );
}

function BytesRow({
  label,
  plans,
  current,
  of,
}: {
  label: string;
  plans: Plan[];
  current: PlanName;
  of: "max_file_bytes" | "max_import_bytes";
}) {
  const { plan: t } = useMessages();
  return (
    <tr>
      <th scope="row">{label}</th>
      {plans.map((plan) => (
        <td key={plan.name} data-current={plan.name === current}>
          {t.bytes(plan[of])}
        </td>
      ))}
    </tr>
  );
}
