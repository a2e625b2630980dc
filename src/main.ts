import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { attachmentTypes } from './documents/attachment.rules.js';
import { FrameworkLog } from './platform/http/framework-log.js';
import { createLogger } from './platform/http/logging.js';
import { API_PREFIX, configureHttp } from './platform/http/setup.js';
import { isStreamedTo, type StreamedPath } from './platform/http/streamed-upload.js';
import { isUploadTo, type UploadPaths } from './platform/http/upload.js';
import type { Start } from './platform/platform.module.js';
import { sheetTypes } from './staffing/sheet.rules.js';

/** The paths that take a file; everything else is JSON of at most 100 kB. */
const UPLOADS: UploadPaths = { [`${API_PREFIX}/occupancies/import`]: sheetTypes };
/** Where files are kept as they are; they go to disk as they come. */
const STREAMED: readonly StreamedPath[] = [
  { path: /^\/api\/v1\/applications\/[0-9a-f-]{36}\/attachments$/, types: attachmentTypes },
];
/** Two thousand rows of the template are a tenth of this. */
const MOST_UPLOAD_BYTES = 3_000_000;

/**
 * Puts the application together; the caller listens and closes. Waits while the database is away, and fails at once
 * when routes and permissions disagree or a setting is missing.
 */
export async function createApp(start: Start): Promise<NestExpressApplication> {
  const { LOG_LEVEL, RATE_LIMIT_PER_MINUTE } = start.config;
  const logger = createLogger(LOG_LEVEL);
  const options = { abortOnError: false, bodyParser: false, logger: new FrameworkLog(logger) };
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(start), options);
  try {
    configureHttp(app, {
      ...{ pointsPerMinute: RATE_LIMIT_PER_MINUTE, logger },
      ...{ isUpload: isUploadTo(UPLOADS), mostUploadBytes: MOST_UPLOAD_BYTES },
      isStreamed: isStreamedTo(STREAMED),
    });
    await app.init();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}
