import { useMessages } from "../i18n/messages.ts";

/** The page's shape while its data comes. */
export function WorkspaceSkeleton() {
  const t = useMessages();
  return (
    <main className="workspace skeleton" aria-busy="true">
      <section className="library" aria-label={t.library}>
        <div className="library-head">
          <h2>{t.library}</h2>
        </div>
        <div className="library-body">
          <span className="bone tall" />
          <span className="bone" />
          <span className="bone" />
          <span className="bone" />
        </div>
      </section>
      <section className="ask" aria-label={t.ask}>
        <p className="visually-hidden" role="status">
          {t.loading}
        </p>
      </section>
    </main>
  );
}
