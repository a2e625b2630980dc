import { Body, Controller, Post } from '@nestjs/common';
import type { CaseId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { Path } from '../platform/http/path.js';
import type { Answer } from '../platform/invocation.js';
import { CaseExportService } from './case-export.service.js';
import { ExportCaseFileDto } from './proof.dto.js';
import { CaseFileView } from './proof.view.js';

@Controller('audit/case-files')
export class CaseExportController {
  constructor(private readonly files: CaseExportService) {}

  @Post(':caseId/export')
  @Operation({
    id: 'audit.exportCaseFile',
    de: 'Fallakte ausgeben, die sich selbst beweist',
    en: 'Export a case file that proves itself',
    detail: {
      de: '`npx foerderbuch-verify DATEI` prüft sie ohne Netz und ohne Förderbuch. Die Ausgabe wird protokolliert.',
      en: '`npx foerderbuch-verify FILE` checks it without network and without Förderbuch. The export is recorded.',
    },
    answers: CaseFileView,
    status: 200,
    key: 'none',
    errors: ['not-found', 'state-conflict'],
  })
  export(
    @Invoke() invoke: Invoke,
    @Path('caseId') caseId: CaseId,
    @Body() wishes: ExportCaseFileDto,
  ): Promise<Answer> {
    const invocation = invoke.presenting((file: Parameters<typeof CaseFileView.of>[0]) => ({
      status: 200,
      body: CaseFileView.of(file),
    }));
    return this.files.export(invocation, caseId, wishes);
  }
}
