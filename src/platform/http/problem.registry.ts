import { failureStatus, type FailureCode } from '../../kernel/failure.js';
import type { Text } from '../../kernel/violation.js';

/** What a reader is told about one kind of problem: a title of a few words and what to do about it. */
interface ProblemNote {
  title: Text;
  remedy: Text;
}

/** The one table of problems. Titles are in answers, remedies on the page that `type` leads to. */
export const problems: Readonly<Record<FailureCode, ProblemNote>> = {
  'invalid-input': {
    title: { de: 'Ungültige Eingabe', en: 'Invalid input' },
    remedy: {
      de: 'Die Liste `errors` nennt jede beanstandete Stelle. Eingabe berichtigen und erneut senden.',
      en: 'The list `errors` names every place objected to. Correct the input and send it again.',
    },
  },
  'malformed-body': {
    title: { de: 'Anfrage nicht lesbar', en: 'Body cannot be read' },
    remedy: {
      de: 'Der Inhalt muss ein JSON-Objekt in UTF-8 sein: höchstens 32 Ebenen tief, ohne doppelte Namen, ohne NUL-Zeichen und ohne einzelne Surrogate.',
      en: 'The body must be one JSON object in UTF-8: at most 32 levels deep, without duplicate names, NUL characters or lone surrogates.',
    },
  },
  'idempotency-key-missing': {
    title: { de: 'Idempotency-Key fehlt', en: 'Idempotency-Key is missing' },
    remedy: {
      de: 'Dieser Vorgang bewegt Geld oder eröffnet einen Fall. Je Vorgang einen neuen Schlüssel im Header `Idempotency-Key` senden und bei Wiederholung denselben.',
      en: 'This operation moves money or opens a case. Send a new key in the header `Idempotency-Key` for each operation, and the same one when repeating it.',
    },
  },
  unauthenticated: {
    title: { de: 'Nicht angemeldet', en: 'Not signed in' },
    remedy: {
      de: 'Anmelden und das Zugriffstoken als `Authorization: Bearer …` senden.',
      en: 'Sign in and send the access token as `Authorization: Bearer …`.',
    },
  },
  'session-ended': {
    title: { de: 'Sitzung beendet', en: 'Session has ended' },
    remedy: { de: 'Neu anmelden.', en: 'Sign in again.' },
  },
  forbidden: {
    title: { de: 'Nicht zugelassen', en: 'Not permitted' },
    remedy: {
      de: 'Die Rolle erlaubt diesen Vorgang nicht. Welche Berechtigung nötig ist, steht in der Beschreibung der Operation.',
      en: 'The role does not permit this operation. The permission needed is named in its description.',
    },
  },
  'not-found': {
    title: { de: 'Nicht gefunden', en: 'Not found' },
    remedy: {
      de: 'Es gibt die Sache nicht, oder sie gehört nicht zum eigenen Zuständigkeitsbereich.',
      en: 'The thing does not exist, or it lies outside your remit.',
    },
  },
  'method-not-allowed': {
    title: { de: 'Methode nicht zugelassen', en: 'Method not allowed' },
    remedy: {
      de: 'Der Header `Allow` nennt die möglichen Methoden.',
      en: 'The header `Allow` names the methods.',
    },
  },
  'not-acceptable': {
    title: { de: 'Format nicht verfügbar', en: 'Format not available' },
    remedy: {
      de: 'Ein Format anfordern, das die Operation anbietet.',
      en: 'Ask for a format the operation offers.',
    },
  },
  conflict: {
    title: { de: 'Widerspruch zu vorhandenen Daten', en: 'Conflict with existing data' },
    remedy: {
      de: 'Den aktuellen Stand lesen und die Anfrage darauf abstimmen.',
      en: 'Read the current state and adapt the request to it.',
    },
  },
  'budget-exhausted': {
    title: { de: 'Mittel reichen nicht', en: 'Funds are exhausted' },
    remedy: {
      de: 'Auf der belasteten Stelle ist weniger verfügbar als verlangt. Betrag verringern oder erst Mittel bereitstellen.',
      en: 'Less is available than asked for. Reduce the amount or make funds available first.',
    },
  },
  'state-conflict': {
    title: { de: 'Im jetzigen Stand nicht möglich', en: 'Not possible in the present state' },
    remedy: {
      de: 'Die Sache lässt diesen Schritt in ihrem jetzigen Stand nicht zu. Wiederholen hilft nicht.',
      en: 'The thing does not allow this step in its present state. Repeating does not help.',
    },
  },
  'request-in-flight': {
    title: { de: 'Anfrage wird noch bearbeitet', en: 'Request is still being processed' },
    remedy: {
      de: 'Eine Anfrage mit demselben Schlüssel läuft noch. Kurz warten und dieselbe Anfrage wiederholen.',
      en: 'A request with the same key is still running. Wait briefly and repeat the same request.',
    },
  },
  duplicate: {
    title: { de: 'Schon vorhanden', en: 'Already exists' },
    remedy: {
      de: 'Die vorhandene Sache verwenden, oder den Wert ändern, den `errors` nennt.',
      en: 'Use the one that exists, or change the value that `errors` names.',
    },
  },
  'precondition-failed': {
    title: { de: 'Inzwischen geändert', en: 'Changed in the meantime' },
    remedy: {
      de: 'Neu lesen, prüfen, und mit dem neuen ETag in `If-Match` erneut senden.',
      en: 'Read again, check, and send again with the new ETag in `If-Match`.',
    },
  },
  'body-too-large': {
    title: { de: 'Anfrage zu groß', en: 'Body too large' },
    remedy: {
      de: 'Die Anfrage teilen: höchstens 100 kB für JSON, höchstens 10 MB für eine Datei, solange der Betrieb nichts anderes einstellt.',
      en: 'Split the request: at most 100 kB of JSON, at most 10 MB for a file, unless the installation says otherwise.',
    },
  },
  'unsupported-media-type': {
    title: { de: 'Inhaltstyp nicht unterstützt', en: 'Unsupported media type' },
    remedy: {
      de: 'Als `Content-Type: application/json` ohne Kompression senden.',
      en: 'Send as `Content-Type: application/json` without compression.',
    },
  },
  'rule-violated': {
    title: { de: 'Gegen Regeln verstoßen', en: 'Rules violated' },
    remedy: {
      de: 'Die Liste `errors` nennt jeden Verstoß mit seiner Vorschrift.',
      en: 'The list `errors` names every violation with its provision.',
    },
  },
  'idempotency-key-reused': {
    title: {
      de: 'Idempotency-Key für andere Anfrage verwendet',
      en: 'Idempotency-Key used for another request',
    },
    remedy: { de: 'Einen neuen Schlüssel verwenden.', en: 'Use a new key.' },
  },
  'precondition-required': {
    title: { de: 'If-Match fehlt', en: 'If-Match is missing' },
    remedy: {
      de: 'Erst lesen, dann mit dem ETag in `If-Match` ändern.',
      en: 'Read first, then change with the ETag in `If-Match`.',
    },
  },
  'too-many-requests': {
    title: { de: 'Zu viele Anfragen', en: 'Too many requests' },
    remedy: {
      de: 'So viele Sekunden warten, wie `Retry-After` nennt.',
      en: 'Wait for the number of seconds in `Retry-After`.',
    },
  },
  internal: {
    title: { de: 'Interner Fehler', en: 'Internal error' },
    remedy: {
      de: 'Der Fehler liegt bei uns und ist protokolliert. Bei Rückfragen die `traceId` nennen.',
      en: 'The mistake is ours and has been logged. Quote the `traceId` when asking.',
    },
  },
  unavailable: {
    title: { de: 'Zurzeit nicht verfügbar', en: 'Unavailable at present' },
    remedy: {
      de: 'Nach der in `Retry-After` genannten Zeit dieselbe Anfrage wiederholen, mit demselben Idempotency-Key.',
      en: 'Repeat the same request after the time in `Retry-After`, with the same Idempotency-Key.',
    },
  },
};

/** Path of the page about a problem, and as an absolute path the `type` of its answers (RFC 9457, section 3.1.1). */
export const typeOf = (code: FailureCode): string => `/problems/${code}`;

export const isFailureCode = (text: string): text is FailureCode => Object.hasOwn(failureStatus, text);
