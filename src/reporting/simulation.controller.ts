import { Body, Controller, Post } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { SimulationDto } from './simulation.dto.js';
import { SimulationService } from './simulation.service.js';
import { SimulationView } from './simulation.view.js';

@Controller('simulations')
export class SimulationController {
  constructor(private readonly simulations: SimulationService) {}

  @Post()
  @Operation({
    id: 'simulation.run',
    de: 'Fassung einer Richtlinie an den wirklichen Zentren, Stellen und Jahren durchrechnen',
    en: 'Reckon a guideline version through the real centres, posts and years',
    detail: {
      de: 'Eine Frage, kein Vorgang: nichts wird geschrieben, auch kein Eintrag im Prüfprotokoll. Die Antwort nennt ihre Annahmen und was eine Berechnung verhinderte.',
      en: 'A question, not an act: nothing is written, not even an audit record. The answer names its assumptions and what kept something from being computed.',
    },
    basis: '§ 7 LHO NRW',
    answers: SimulationView,
    errors: ['not-found', 'rule-violated'],
    reads: true,
  })
  async run(@Invoke() invoke: Invoke, @Body() body: SimulationDto): Promise<SimulationView> {
    return SimulationView.of(await this.simulations.run(invoke.actor, body.toWishes()));
  }
}
