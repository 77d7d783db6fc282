/** The mark: a small anchor whose ring is a citation dot. */
export function AnchorMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.9"
      aria-hidden="true"
      className={className}
    >
      <path className="stroke-sea" d="M12 7.5V21M7.5 11.5h9M3.5 14.5c.6 3.9 4 6.5 8.5 6.5s7.9-2.6 8.5-6.5" />
      <circle className="fill-brass-line" cx="12" cy="4.5" r="2.8" />
    </svg>
  );
}
