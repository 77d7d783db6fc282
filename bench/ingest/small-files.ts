const SENTENCES = [
  "La demande doit être adressée au service compétent dans un délai de trente jours.",
  "The employee keeps a copy of every report that concerns them.",
  "Le responsable du traitement tient un registre des activités effectuées sous sa responsabilité.",
  "Visitors sign in at reception and wear their badge at all times.",
  "Toute modification du contrat fait l'objet d'un avenant signé par les deux parties.",
  "Invoices are paid within sixty days of the date on which they were issued.",
];

/** Short notes in plain text, about 1,600 characters each, no two alike. */
export function smallFiles(count: number, label: string): { name: string; text: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${label}-${index}.txt`,
    text: Array.from(
      { length: 20 },
      (_, line) => `${label} ${index}.${line}: ${SENTENCES[(index + line) % SENTENCES.length]}`,
    ).join("\n\n"),
  }));
}
