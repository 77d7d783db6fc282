// Runs before anything else of the page is loaded, in browsers as old as the build's: no imports, no exports.
{
  const handle = (event) => {
    const { type, dataTransfer: transfer, defaultPrevented } = event;
    if (defaultPrevented || !transfer?.types.includes("Files")) return;
    event.preventDefault();
    const isAwaited = document.querySelector("[data-awaits-files]") !== null;
    transfer.dropEffect = isAwaited ? "copy" : "none";
    if (type !== "drop" || !isAwaited) return;
    // Entries and files outlive the event, the transfer doesn't.
    const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    window.heldDrops = [
      ...(window.heldDrops ?? []),
      { address: location.href, entries, files: [...transfer.files] },
    ];
  };
  for (const type of ["dragover", "drop"]) addEventListener(type, handle);
}
