import type { CaseId, CentreId, PersonId } from '../kernel/ids.js';
import { IdField, InstantField, IntegerField, ListField, TextField } from '../platform/http/fields.js';
import type { AuditSubject } from './audit-body.js';
import type { RecordHead, RowChange } from './audit-query.repository.js';
import type { RecordInFull } from './audit-query.service.js';

/** Subjects and row changes of one command; opening a year touches hundreds. */
const MOST = 100_000;

export class AuditSubjectView {
  @TextField({ de: 'Art', en: 'Type', example: 'application' }) type!: string;
  @IdField({ de: 'Kennung', en: 'Id' }) id!: string;
  @IntegerField({ de: 'Fassung, die entstand', en: 'Version that came about', nullable: true, example: 2 })
  version!: number | null;
  @IdField({ de: 'Zentrum', en: 'Centre', nullable: true }) centreId!: CentreId | null;
  @IdField({ de: 'Fall', en: 'Case', nullable: true }) caseId!: CaseId | null;

  static of({ type, id, version, centreId, caseId }: AuditSubject): AuditSubjectView {
    return { type, id, version, centreId, caseId };
  }
}

export class AuditRecordView {
  @IntegerField({ de: 'Laufende Nummer', en: 'Running number', example: 4711 }) id!: number;
  @IntegerField({ de: 'Epoche der Datenbank', en: 'Epoch of the database', example: 1 }) epoch!: number;
  @InstantField({ de: 'Zeitpunkt (Uhr der Datenbank)', en: 'Instant (clock of the database)' }) at!: string;
  @IdField({ de: 'Handelnde Person', en: 'Acting person', nullable: true }) actorPersonId!: PersonId | null;
  @IdField({ de: 'In Vertretung von', en: 'On behalf of', nullable: true }) onBehalfOf!: PersonId | null;
  @TextField({ de: 'Rolle', en: 'Role', example: 'granting_authority' }) role!: string;
  @TextField({ de: 'Vorgang', en: 'Operation', example: 'decision.release' }) action!: string;
  @IdField({ de: 'Zentrum', en: 'Centre', nullable: true }) centreId!: CentreId | null;
  @IdField({ de: 'Fall', en: 'Case', nullable: true }) caseId!: CaseId | null;
  @IdField({ de: 'Kennung der Anfrage', en: 'Id of the request' }) requestId!: string;
  @ListField({ de: 'Worum es ging', en: 'What it was about', of: AuditSubjectView, max: MOST })
  subjects!: AuditSubjectView[];

  static of({ subjects, ...head }: RecordHead): AuditRecordView {
    const { id, epoch, at, actorPersonId, onBehalfOf, role, action, centreId, caseId, requestId } = head;
    return {
      id,
      epoch,
      at,
      actorPersonId,
      onBehalfOf,
      role,
      action,
      centreId,
      caseId,
      requestId,
      subjects: subjects.map((subject) => AuditSubjectView.of(subject)),
    };
  }
}

export class RowChangeView {
  @TextField({ de: 'Tabelle', en: 'Table', example: 'decision' }) table!: string;
  @IdField({ de: 'Zeile', en: 'Row' }) rowId!: string;
  @TextField({ de: 'Änderung', en: 'Operation', example: 'update' }) operation!: string;
  @TextField({
    de: 'Vorher; personenbezogene Werte nur als Prüfsumme',
    en: 'Before; personal values only as commitments',
    max: 1_000_000,
    nullable: true,
  })
  before!: string | null;
  @TextField({ de: 'Nachher', en: 'After', max: 1_000_000, nullable: true }) after!: string | null;
  @TextField({
    de: 'SHA-256 der Änderung, wie im Eintrag',
    en: 'SHA-256 of the change, as in the record',
    example: '9f86d081',
  })
  sha256!: string;

  static of({ table, rowId, operation, before, after, sha256 }: RowChange): RowChangeView {
    return { table, rowId, operation, before, after, sha256 };
  }
}

export class AuditRecordInFullView extends AuditRecordView {
  @TextField({
    de: 'Inhalt, Zeichen für Zeichen wie gehasht (RFC 8785)',
    en: 'Body, character by character as hashed (RFC 8785)',
    max: 10_000_000,
    multiline: true,
    example: '{"action":"decision.release"}',
  })
  body!: string;
  @TextField({
    de: 'Blatt im Baum: SHA-256 über 0x00 und den Inhalt',
    en: 'Leaf in the tree: SHA-256 over 0x00 and the body',
    example: '9f86d081',
  })
  leafHash!: string;
  @ListField({
    de: 'Geänderte Zeilen; null, wer das Journal nicht sieht',
    en: 'Rows changed; null for whoever does not see the journal',
    of: RowChangeView,
    max: MOST,
    nullable: true,
  })
  rowChanges!: RowChangeView[] | null;

  static override of(record: RecordInFull): AuditRecordInFullView {
    const { body, leafHash, rowChanges } = record;
    const changes = rowChanges?.map((change) => RowChangeView.of(change)) ?? null;
    return Object.assign(AuditRecordView.of(record), { body, leafHash, rowChanges: changes });
  }
}
