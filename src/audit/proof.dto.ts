import { FlagField, IntegerField, ListField } from '../platform/http/fields.js';
import { integer } from '../platform/http/kinds.js';

const most = Number.MAX_SAFE_INTEGER;

export class CheckpointQuery {
  @IntegerField({
    de: 'Zahl der Blätter; ohne Angabe der neueste Stand',
    en: 'number of leaves; the newest when left out',
    max: most,
    optional: true,
    fromText: true,
    example: 4711,
  })
  size: number | null = null;
}

export class InclusionQuery {
  @IntegerField({
    de: 'Nummer des Eintrags',
    en: 'number of the record',
    min: 1,
    max: most,
    fromText: true,
    example: 17,
  })
  recordId!: number;
}

export class ConsistencyQuery {
  @IntegerField({
    de: 'älterer Stand; ohne Angabe der erste unterschriebene',
    en: 'older tree size; the first one signed when left out',
    max: most,
    optional: true,
    fromText: true,
    example: 4000,
  })
  from: number | null = null;

  @IntegerField({
    de: 'neuerer Stand; ohne Angabe der neueste',
    en: 'younger tree size; the newest when left out',
    max: most,
    optional: true,
    fromText: true,
    example: 4711,
  })
  to: number | null = null;
}

export class ExportCaseFileDto {
  @FlagField({
    de: 'mit dem Wortlaut der Zeilenänderungen',
    en: 'with the text of the row changes',
    optional: true,
  })
  withRows: boolean = true;

  @ListField({
    of: integer({ max: most }),
    max: 20,
    de: 'ältere Stände, deren Enthaltensein bewiesen werden soll',
    en: 'older tree sizes to be proved contained',
    optional: true,
    example: [],
  })
  olderSizes: number[] = [];
}
