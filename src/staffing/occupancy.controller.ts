import { Body, Controller, Get, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { OccupancyId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import { Upload } from '../platform/http/upload.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { ImportService } from './import.service.js';
import type { Expenditure, Occupancy } from './occupancy.rules.js';
import { OccupancyService, type WantedOccupancy } from './occupancy.service.js';
import { sheetTypes, XLSX } from './sheet.rules.js';
import {
  CorrectOccupancyDto,
  EndDto,
  ExpenditureDto,
  type OccupancyDto,
  OccupancyQuery,
  RecordOccupancyDto,
  TemplateQuery,
} from './staffing.dto.js';
import { ImportView, OccupancyView } from './staffing.view.js';

@Controller('occupancies')
export class OccupancyController {
  constructor(
    private readonly occupancies: OccupancyService,
    private readonly imports: ImportService,
  ) {}

  @Post()
  @Operation({
    id: 'occupancy.record',
    de: 'Besetzung einer Stelle erfassen',
    en: 'Record an occupancy of a post',
    basis: 'Nr. 5.4.1.1 KI-Richtlinie; § 9 Abs. 4 TIntG NRW',
    answers: OccupancyView,
    creates: true,
    errors: ['rule-violated', 'not-found'],
    key: 'none', // what is answered here is personal, and is not kept
  })
  record(@Invoke() invoke: Invoke, @Body() body: RecordOccupancyDto): Promise<Answer> {
    const present = (occupancy: Occupancy): Presented => ({ ...shown(occupancy), status: 201 });
    return this.occupancies.record(invoke.presenting(present), wantedOf(body, body.expenditure));
  }

  @Get()
  @Operation({
    id: 'occupancy.list',
    de: 'Besetzungen auflisten',
    en: 'List occupancies',
    detail: {
      de: 'Pseudonyme sieht nur die eigene Körperschaft; wer sonst liest, hinterlässt einen Eintrag im Prüfprotokoll.',
      en: 'Only the body itself sees pseudonyms; whoever else reads leaves an entry in the audit record.',
    },
    answersPage: OccupancyView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: OccupancyQuery): Promise<Page<OccupancyView>> {
    const disclosing = invoke.presenting<null>(() => ({ status: 200, body: null }));
    const { items, nextCursor } = await this.occupancies.list(disclosing, query);
    return { items: items.map((occupancy) => OccupancyView.of(occupancy)), nextCursor };
  }

  @Get('template')
  @Operation({
    id: 'occupancy.template',
    de: 'Vorlage für den Import von Besetzungen herunterladen',
    en: 'Download the template for importing occupancies',
    detail: {
      de: '`format=xlsx` (mit den eigenen Stellen auf dem zweiten Blatt) oder `format=csv`.',
      en: '`format=xlsx` (with one’s own posts on the second sheet) or `format=csv`.',
    },
    produces: [...sheetTypes],
  })
  async template(@Invoke() invoke: Invoke, @Query() { format }: TemplateQuery): Promise<StreamableFile> {
    const bytes = await this.imports.template(invoke.actor, format);
    return new StreamableFile(bytes, {
      type: format === 'xlsx' ? XLSX : 'text/csv; charset=utf-8',
      disposition: `attachment; filename="besetzungen.${format}"`,
      length: bytes.length,
    });
  }

  @Post('import')
  @ApiConsumes(...sheetTypes)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Operation({
    id: 'occupancy.import',
    de: 'Besetzungen aus XLSX oder CSV übernehmen, ganz oder gar nicht',
    en: 'Import occupancies from XLSX or CSV, all or nothing',
    basis: 'Nr. 5.4.1.1 KI-Richtlinie; § 9 Abs. 4 TIntG NRW',
    detail: {
      de: 'Gelesen wird das erste Blatt der Vorlage. Jeder Fehler nennt seine Zelle (`Besetzungen!C7`). Dieselbe Datei ein zweites Mal ändert nichts.',
      en: 'The first sheet of the template is read. Every error names its cell (`Besetzungen!C7`). The same file a second time changes nothing.',
    },
    answers: ImportView,
    status: 200,
    errors: ['rule-violated'],
  })
  import(@Invoke() invoke: Invoke, @Upload() file: Upload): Promise<Answer> {
    return this.imports.import(
      invoke.presenting((result) => ({ status: 200, body: ImportView.of(result) })),
      file,
    );
  }

  @Post(':id/end')
  @Operation({
    id: 'occupancy.end',
    de: 'Besetzung beenden',
    en: 'End an occupancy',
    answers: OccupancyView,
    status: 200,
    ifMatch: true,
    errors: ['rule-violated', 'state-conflict'],
    key: 'none', // what is answered here is personal, and is not kept
  })
  end(@Invoke() invoke: Invoke, @Path('id') id: OccupancyId, @Body() { on }: EndDto): Promise<Answer> {
    return this.occupancies.end(invoke.presenting(shown), id, on);
  }

  @Post(':id/correct')
  @Operation({
    id: 'occupancy.correct',
    de: 'Besetzung berichtigen: eine neue tritt an ihre Stelle, oder keine',
    en: 'Correct an occupancy: a new one takes its place, or none',
    answers: OccupancyView,
    status: 200,
    ifMatch: true,
    errors: ['rule-violated', 'state-conflict'],
    key: 'none', // what is answered here is personal, and is not kept
  })
  correct(
    @Invoke() invoke: Invoke,
    @Path('id') id: OccupancyId,
    @Body() { reason, replacement }: CorrectOccupancyDto,
  ): Promise<Answer> {
    const wanted = replacement === null ? null : wantedOf(replacement, replacement.expenditure);
    return this.occupancies.correct(invoke.presenting(shown), id, { reason, replacement: wanted });
  }

  @Post(':id/expenditure')
  @Operation({
    id: 'occupancy.recordExpenditure',
    de: 'Tatsächliche Ausgaben eines Jahres erfassen; ein neuer Betrag löst den früheren ab',
    en: 'Record the actual expenditure of a year; a new figure replaces the one before',
    basis: 'Nr. 5.4.1.1 KI-Richtlinie',
    answers: OccupancyView,
    status: 200,
    ifMatch: true,
    errors: ['rule-violated', 'state-conflict'],
    key: 'none', // what is answered here is personal, and is not kept
  })
  recordExpenditure(
    @Invoke() invoke: Invoke,
    @Path('id') id: OccupancyId,
    @Body() body: ExpenditureDto,
  ): Promise<Answer> {
    return this.occupancies.recordExpenditure(invoke.presenting(shown), id, expenditureOf(body));
  }
}

function shown(occupancy: Occupancy): Presented {
  return { status: 200, body: OccupancyView.of(occupancy), version: occupancy.version };
}

function wantedOf(
  { postId, pseudonym, occupiedFrom, occupiedTo, fteHundredths }: OccupancyDto,
  expenditure: readonly ExpenditureDto[] | null,
): WantedOccupancy {
  const figures = expenditure?.map(expenditureOf) ?? null;
  return { postId, pseudonym, occupiedFrom, occupiedTo, fteHundredths, expenditure: figures };
}

function expenditureOf({ fundingYear, amountCents }: ExpenditureDto): Expenditure {
  return { fundingYear, amount: amountCents };
}
