import { useMessages } from "../i18n/messages.ts";

const METERS = ["questions", "pages", "documents", "storage_bytes", "assistants", "members"] as const;

/** The page's shape while its data comes. */
export function PlanSkeleton() {
  const { loading, plan: t } = useMessages();
  return (
    <main className="plan" aria-busy="true" id="content">
      <header className="plan-head">
        <h1>{t.title}</h1>
        <span className="bone" />
      </header>
      <p className="visually-hidden" role="status">
        {loading}
      </p>
      <section>
        <h2>{t.usage}</h2>
        <ul className="meters">
          {METERS.map((metric) => (
            <li key={metric} className="usage-meter">
              <p className="meter-line">
                <span className="meter-name">{t.metrics[metric]}</span>
              </p>
              <span className="bone" />
              <span className="bone" />
            </li>
          ))}
        </ul>
        <span className="bone" />
      </section>
      <div className="plan-columns">
        <section className="subscription">
          <h2>{t.subscription}</h2>
          <span className="bone tall" />
        </section>
        <section>
          <h2>{t.plans}</h2>
          <span className="bone tall" />
        </section>
      </div>
    </main>
  );
}
