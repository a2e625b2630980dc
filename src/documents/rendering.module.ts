import { Module } from '@nestjs/common';
import { DocumentService } from './document.service.js';

/** Setting documents; asks nobody, so every room above may use it. */
@Module({ providers: [DocumentService], exports: [DocumentService] })
export class RenderingModule {}
