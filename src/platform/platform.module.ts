import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import { Alarms } from './alarms.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { appDataSource } from './database/data-source.js';
import { Database } from './database/database.js';
import { connectPatiently } from './database/patient-source.js';
import { HealthController } from './http/health.controller.js';

/** What a start needs to know: settings, the clock, and where to say what an operator should read. */
export interface Start {
  readonly config: Config;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/** Settings, clock and database: the floor every other module stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, clock, say }: Start): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => dataSourceOptions(config),
          dataSourceFactory: (options) => connectPatiently(options ?? dataSourceOptions(config), say),
        }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        Alarms,
        Database,
      ],
      exports: [Alarms, Config, Clock, Database],
    };
  }
}

function dataSourceOptions(config: Config): TypeOrmModuleOptions & ReturnType<typeof appDataSource> {
  if (config.DATABASE_URL === null) {
    throw new Error('DATABASE_URL is not set, and no embedded database was started.');
  }
  return {
    ...appDataSource(config.DATABASE_URL, config.POOL_SIZE),
    autoLoadEntities: true,
    retryAttempts: 0,
  };
}
