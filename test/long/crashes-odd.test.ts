import { crashesFrom } from './crashes.js'

crashesFrom(1)
