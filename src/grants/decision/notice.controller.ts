import { Controller, Get, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { DecisionId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import { NoticeService } from './notice.service.js';

@Controller('decisions')
export class NoticeController {
  constructor(private readonly notices: NoticeService) {}

  @Get(':id/notice')
  @Operation({
    id: 'decision.notice',
    de: 'Den Bescheid als barrierefreies PDF lesen, so wie er bekannt gegeben wurde',
    en: 'Read the notice as an accessible PDF, as it was made known',
    basis: '§ 37 Abs. 2 VwVfG NRW',
    detail: {
      de: 'PDF/UA-1. `Repr-Digest` nennt die SHA-256 der Bytes; dieselbe steht im Protokoll der Bekanntgabe. Von einem Entwurf sieht nur die Bewilligungsbehörde, wie er lauten würde, mit Wasserzeichen.',
      en: 'PDF/UA-1. `Repr-Digest` gives the SHA-256 of the bytes; the same stands in the record of the notification. Only the granting authority sees how a draft would read, with a watermark.',
    },
    produces: 'application/pdf',
    errors: ['not-found', 'state-conflict'],
  })
  async read(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { content, sha256, fileNumber } = await this.notices.pdf(invoke.actor, id);
    response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
    response.attachment(`Bescheid ${fileNumber.replaceAll('/', '-')}.pdf`);
    return new StreamableFile(content, { type: 'application/pdf', length: content.length });
  }
}
