# The live room: figures, map, timeline, alerts.

measure-is-confirmed = confirmado
measure-is-final = definitivo
measure-is-preliminary = preliminar
measure-part-confirmed = { $n } confirmados
measure-part-final = { $n } definitivos
measure-part-preliminary = { $n } preliminares
measure-view-events = Lo último
measure-view-map = Mapa
measure-view-parties = Partes
measure-view-posts = Puestos
measure-view-routes = Rutas
measure-view-steps = Horas
ov-alerts = Alertas
ov-all = Todo
ov-all-kinds = Todos los tipos
ov-all-parties = Todas las partes
ov-all-reported = Las { $all } partes esperadas han informado
ov-any-state = Cualquier estado
ov-children = { $n } menores
ov-clear = Quitar filtros
ov-counted = contados
ov-day = día { $n } de { $all }
ov-definition = Definición
ov-definition-text = Registros que el lector puede conocer, no retirados, según cuándo ocurrieron; los resultados conjuntos cuentan una vez en los totales y en la línea de cada parte
ov-drill-note = Solo se listan las líneas compartidas con usted. La identidad de las personas queda sellada.
ov-editions = Comparar ediciones
ov-export = Exportar
ov-export-figures = cifras por parte, con definición
ov-export-map = mapa
ov-export-results = hoja de resultados
ov-filters = Filtros
ov-from = Desde
ov-heard = { $checks } controles, { $waiting } coincidencias en espera, { $people } { $kind }
ov-hits-due = { $n ->
    [one] coincidencia vence en 30 minutos
   *[other] coincidencias vencen en 30 minutos
 }
ov-hits-overdue = { $n ->
    [one] coincidencia con plazo vencido
   *[other] coincidencias con plazo vencido
 }
ov-hours = { $n } h
ov-late = { $n } informaron tarde
ov-pathways-late = { $n } pasos hacia la protección van tarde
ov-wall-keep = Dejar aquí esta pantalla: solo cifras, { $hours } horas
ov-wall-name = Pantalla mural
ov-latest = Lo último
ov-leave-wall = Salir de la vista mural
ov-legend-routes = ruta relatada, ancho según personas
ov-map-alternative = Los { $posts } puestos y { $routes } rutas del mapa están también en tablas: elija Puestos o Rutas.
ov-missing = { $n } de { $all } no han informado:
ov-nationalities = Nacionalidades de las personas · { $n }
ov-no-alerts = Ningún plazo vencido
ov-nothing = nada aún
ov-now = ahora
ov-one-hit = Coincidencia
ov-open = Abrir
ov-others = otros resultados
ov-period = Período
ov-period-begins = Comienzo del período
ov-period-ends = Fin del período
ov-route = { $from } → { $to }: { $detections } personas, { $interviews } entrevistas
ov-since = desde
ov-size-by = Tamaño de los puestos según
ov-status = Estado
ov-timeline = Cronología
ov-to = Hacia
ov-unknown = Desconocido
ov-unknown-age = edad desconocida: { $share }
ov-unknown-nationality = nacionalidad desconocida: { $share }
ov-until = hasta
ov-views = Mostrar como
ov-wall = Mural
ov-whole = Toda la operación
ov-zoom = Ampliar
