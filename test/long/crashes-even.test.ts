import { crashesFrom } from './crashes.js'

crashesFrom(0, ['--yes'])
