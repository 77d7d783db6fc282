import { drawObject, PDFDocument, type PDFFont, type PDFPage, StandardFonts } from "@cantoo/pdf-lib";

export type GeneratedPdf = {
  pages: number;
  /** Makes other text, so that no two files are the same document. */
  seed: number;
  /** Bytes that images add to the file, spread over its pages; none by default. */
  imageBytes?: number;
};

/** Points: A4, its margins, and the lines of a body page. */
const [WIDTH, HEIGHT] = [595, 842];
const MARGIN = 60;
const LEADING = 13;
const LINES = 48;
/** Words of a line set in 10 points. */
const WORDS_A_LINE = 13;
/** Lines of a paragraph, and of a section with its heading. */
const PARAGRAPH_LINES = 7;
const SECTION_LINES = 40;

const WORDS =
  "le contrat de travail prend fin à la date prévue par les parties the employee shall give notice in writing no later than thirty days before termination une mise en demeure doit être adressée par lettre recommandée avec accusé réception every measure listed here applies from its publication conformément aux articles du règlement intérieur sécurité données personnelles traitement responsable délai".split(
    " ",
  );

/**
 * A report as an office program writes it: a running header and a page number, headings in larger type, paragraphs in
 * lines of about 85 characters, 3,900 characters a page. The same options give the same file.
 */
export async function generatePdf({ pages, seed, imageBytes = 0 }: GeneratedPdf): Promise<Uint8Array> {
  const random = seeded(seed);
  const pdf = await PDFDocument.create();
  const body = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  for (let number = 1; number <= pages; number++) {
    const page = pdf.addPage([WIDTH, HEIGHT]);
    drawPage(page, { number, body, bold, random });
    const bytes = Math.floor(imageBytes / pages);
    if (bytes > 0) drawNoise(pdf, page, bytes, random);
  }
  return pdf.save({ useObjectStreams: false });
}

type Drawing = { number: number; body: PDFFont; bold: PDFFont; random: () => number };

function drawPage(page: PDFPage, { number, body, bold, random }: Drawing): void {
  page.drawText("Rapport annuel sur les conditions de travail", {
    x: MARGIN,
    y: HEIGHT - 40,
    size: 8,
    font: body,
  });
  page.drawText(`Page ${number}`, { x: WIDTH - 2 * MARGIN, y: 30, size: 8, font: body });
  for (let line = 0; line < LINES; line++) {
    const heading = ((number - 1) * LINES + line) % SECTION_LINES === 0;
    const ends = line % PARAGRAPH_LINES === PARAGRAPH_LINES - 1;
    const count = heading ? 5 : ends ? WORDS_A_LINE / 2 : WORDS_A_LINE;
    const words = Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
    const text = heading ? `Section ${Math.floor(random() * 1e6)} ${words}` : `${words}${ends ? "." : ""}`;
    // Half a line more where a paragraph begins.
    const y = HEIGHT - 65 - line * LEADING - Math.floor(line / PARAGRAPH_LINES) * (LEADING / 2);
    page.drawText(text, { x: MARGIN, y, size: heading ? 14 : 10, font: heading ? bold : body });
  }
}

/** A grey image of noise, which no filter makes smaller. */
function drawNoise(pdf: PDFDocument, page: PDFPage, bytes: number, random: () => number): void {
  const side = Math.floor(Math.sqrt(bytes));
  const pixels = Uint8Array.from({ length: side * side }, () => random() * 256);
  const image = pdf.context.stream(pixels, {
    Type: "XObject",
    Subtype: "Image",
    Width: side,
    Height: side,
    ColorSpace: "DeviceGray",
    BitsPerComponent: 8,
  });
  page.pushOperators(drawObject(page.node.newXObject("Image", pdf.context.register(image))));
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator, Numerical Recipes' constants). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
