/** The shape of a page while it comes, and what is being waited for. */
export function SheetSkeleton({ label }: { label: string }) {
  return (
    <div
      role="status"
      className="grid aspect-[1/1.414] w-full place-items-center bg-paper text-sm text-soft shadow-float"
    >
      {label}
    </div>
  );
}
