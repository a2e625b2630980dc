/** What each first path segment is about, in German and English. */
const resources: Readonly<Record<string, string>> = {
  applications: 'Anträge · applications',
  audit: 'Prüfprotokoll und Nachweise · audit records and proofs',
  budget: 'Haushaltsstellen, Ansätze, Verpflichtungsermächtigungen, Zuweisungen · budget',
  calls: 'Antragsfenster · calls for applications',
  centres: 'Kommunale Integrationszentren · municipal integration centres',
  deadlines: 'Fristen · deadlines',
  decisions: 'Zuwendungsbescheide · grant decisions',
  drawdowns: 'Mittelabrufe · drawdown requests',
  'financing-plans': 'Finanzierungspläne · financing plans',
  'follow-ups': 'Wiedervorlagen · follow-ups',
  'funding-splits': 'Finanzierungsanteile nach Quelle · funding splits by source',
  guidelines: 'Förderrichtlinien · funding guidelines',
  health: 'Betriebszustand · health',
  me: 'Angemeldete Person · the person signed in',
  metrics: 'Messwerte · metrics',
  occupancies: 'Stellenbesetzungen · occupancies of posts',
  'onward-grants': 'Weiterleitung an Dritte · onward grants to third parties',
  'payment-batches': 'Zahlläufe · payment batches',
  payments: 'Zahlungen · payments',
  persons: 'Personen · persons',
  posts: 'Stellen · posts',
  programmes: 'Förderprogramme · funding programmes',
  'published-figures': 'Veröffentlichte Zahlen · published figures',
  rates: 'Fördersätze · rates',
  recipients: 'Zuwendungsempfänger · grant recipients',
  recoveries: 'Rückforderungen · recoveries',
  reports: 'Auswertungen · reports',
  'sample-draws': 'Stichproben · samples',
  sessions: 'Sitzungen · sessions',
  settlements: 'Verwendungsnachweise · settlement reports',
  simulations: 'Simulationen · simulations',
  users: 'Benutzer · users',
  'work-list': 'Arbeitsliste · work list',
};

/** The tag of a path `/api/v1/<resource>/...`. */
export function describeResource(path: string): { name: string; description: string } {
  const name = path.split('/')[3] ?? 'api';
  return { name, description: resources[name] ?? name };
}
