# Reports from the field: the pages.

## Kinds of report
report-kind-detection = Detección de una persona migrante
report-kind-victim = Víctima de trata
report-kind-interview = Entrevista
report-kind-arrest = Detención
report-kind-seizure = Incautación
report-kind-freeze = Congelamiento de bienes
report-kind-group = Grupo desarticulado
report-kind-investigation = Investigación abierta
report-kind-incident = Incidente
report-kind-notice-request = Solicitud de notificación
report-kinds-detection = Detecciones
report-kinds-victim = Víctimas
report-kinds-interview = Entrevistas
report-kinds-arrest = Detenciones
report-kinds-seizure = Incautaciones
report-kinds-freeze = Congelamientos
report-kinds-group = Grupos
report-kinds-investigation = Investigaciones
report-kinds-incident = Incidentes
report-kinds-notice-request = Solicitudes de notificación
report-group-people = Personas
report-group-results = Resultados policiales
report-group-events = Hechos y solicitudes

## States of a report
report-state-preliminary = Preliminar
report-state-confirmed = Confirmado
report-state-final = Definitivo
report-state-withdrawn = Retirado
report-standing-draft = Empezado
report-standing-waiting = En espera
report-standing-sent = Enviado
report-standing-refused = Rechazado

## Phone: the list
report-desk = Informar
report-unsent = Sin enviar
report-outbox = En este teléfono
report-send-now = Enviar ahora
report-go-on = Continuar
report-correct = Corregir
report-drop = Borrar
report-drop-sure = Borrar del todo

## Phone: what became of it
report-sent = Enviado
report-sent-means = El servidor tiene el informe. Nada de él queda en este teléfono.
report-waits = Esperando la red
report-waits-means = El informe está a salvo en este teléfono, cifrado. Se envía solo cuando vuelva la red, una única vez.
report-waits-memory = Este navegador no guarda nada. Deje esta página abierta hasta que todo se envíe.
report-refused = No aceptado
report-refused-by-hub = El servidor no aceptó este informe.
report-next-of-group = Siguiente persona del mismo grupo
report-next-of-group-means = Conserva lo que el grupo comparte, como nacionalidad y ruta. Nada de la persona se conserva.
report-another = Otro: { $kind }
report-to-list = Todos los informes
report-later = Más tarde

## Before signing out
report-leaving = Informes en este teléfono
report-leaving-means = Sin enviar: { $n }. Al salir se borran de este teléfono y nadie puede recuperarlos.
report-leaving-stay = Quedarse y enviarlos primero
report-leaving-go = Borrarlos y salir

## Statements at the head of a form
report-say-detection = Una persona migrante no es sospechosa. Este informe no entra en ninguna lista de vigilancia y ninguna consulta lo busca.
report-say-victim = A la víctima se la protege, nunca es sospechosa. Su identidad queda sellada: escriba nombres solo en los campos así marcados.
report-say-interview = La entrevista es voluntaria. Un número de referencia ocupa el lugar del nombre. La persona puede parar en cualquier momento.
report-say-child = Es, o puede ser, menor: avise ya a protección de la infancia. No espere al caso ni entreviste sin tutor o persona formada.

## Filling a form in
report-step-where = Cuándo y dónde
report-step-send = Revisar y enviar
report-step-of = { $n } de { $all }
report-happened = Cuándo ocurrió
report-now = Ahora
report-no-posts = La operación no tiene puestos.
report-use-post = Usar mi puesto
report-no-operation = Elija primero una operación en los ajustes. Un informe pertenece a una.
report-back = Atrás
report-next = Siguiente
report-to-end = Ir al final
report-send = Enviar
report-change = Cambiar
report-search = Escriba para buscar
report-none-found = Nada encontrado. Pruebe otra grafía.
report-add-row = Añadir otro
report-drop-row = Quitar el número { $n }
report-take-away = Quitar { $what }
report-add-country = Añadir un país
report-amount = Importe
report-currency = Moneda
report-need-answer = Esto debe responderse.
report-need-form = No se puede leer así. Las fechas se escriben 1998-05-12, 1998-05 o 1998; los importes 1250.50 con su moneda.
report-look-above = Campos por corregir: { $n }
report-help-partial-date = Lo que se sepa: 1998-05-12, 1998-05 o 1998.
report-sealed-field = Sellado: solo lo lee quien lo abre con un motivo.
report-review = Lo que usted informa
report-edit-section = Cambiar: { $section }
report-nothing-said = Nada indicado
report-stopped = La entrevista termina aquí
report-stopped-means = La persona no quiere, o no se le dijo lo que debía saber antes. No pregunte más. Solo se registra que la rechazó; nada más se conserva.
report-stopped-record = Registrar el rechazo
report-stopped-back = Fue un error, volver
report-stopped-leave = No registrar nada

## Who reads it
report-readers = ¿Quién leerá esto?
report-readers-usual = Lo habitual para este informe
report-readers-usual-open = Todas las partes de { $operation } leen el informe completo.
report-readers-usual-close = Todas las partes de la operación cuentan los códigos: país, grupo de edad, ruta, nunca un nombre ni un relato. El relato queda en { $party }.
report-readers-own = Solo mi parte
report-readers-own-means = Nadie fuera de { $party } lo lee ni lo cuenta.
report-readers-parties = Partes elegidas
report-readers-parties-means = Todas las partes cuentan los códigos. Solo las que usted elija leen el informe completo.
report-readers-which = ¿Qué partes?
report-readers-sealed = Los campos sellados no los lee ninguna.

## Room: reports
nav-reports = Informes
report-kinds = Tipos de informe
report-one = El informe
report-choose = Elija un informe de la lista.
report-file = Presentar un informe
report-sheets = Planillas
report-filters = Filtros
report-filter-add = Más filtros
report-from = Desde
report-to = Hasta
report-lines = Informes listados
report-line = Lo que se cuenta
report-line-means = solo códigos, sin nombres
report-line-only = solo la línea
report-version = versión { $n }
report-filed-at = presentado { $time }
report-joint = cuenta una vez con otra parte
report-body = El informe completo
report-nothing-more = Nada más que lo que se cuenta.
report-body-closed = No está abierto para usted: su dueño no lo compartió o su función no lo lee.
report-apart = (acceso aparte)
report-sealed = Sellado:
report-sealed-stay = Los campos sellados quedan igual si no los rellena de nuevo.
report-links = Enlaces
report-relation-led-by = A raíz de
report-relation-member-of = Miembro de
report-relation-against = Contra
report-relation-found-with = Hallado con
report-relation-part-of = Parte de
report-relation-travelled-with = Viajó con
report-relation-same-person-as = La misma persona que
report-relation-concerns = Se refiere a
report-relation-reference = Véase también
report-link-hit = Enlazar con un acierto confirmado
report-link-means = Aciertos de su parte que su dueño confirmó. Un acierto que es solo una pista no explica nada.
report-link = Enlazar
report-no-hits = Ningún acierto confirmado de su parte.
report-correcting = Corrección
report-correct-reason = Por qué cambia
report-deciding = Grado de certeza
report-do-confirmed = Confirmar
report-do-final = Hacer definitivo
report-do-withdrawn = Retirar
report-custody = Custodia de los objetos
report-custody-broken = La cadena no cuadra: falta una entrada o fue cambiada.
report-custody-add = Añadir una entrada
report-custody-item = Objeto
report-custody-act = Qué se hizo
report-custody-place = Dónde
report-custody-seal = Precinto
report-custody-seized = Incautado
report-custody-sealed = Precintado
report-custody-opened = Abierto
report-custody-examined = Examinado
report-custody-moved = Trasladado
report-custody-handed-over = Entregado
report-custody-stored = Almacenado
report-custody-returned = Devuelto
report-custody-destroyed = Destruido
report-sheet-template = Planilla vacía con listas
report-sheet-export = Exportar (XLSX)
report-sheet-means = El texto libre y la identidad nunca salen en una planilla.
report-sheet-file = Planilla rellenada (XLSX o CSV)
report-sheet-send = Subir
report-sheet-answer = Presentados { $filed }, ya conocidos { $repeated }, rechazados { $refused }.
report-sheet-rows = Fila por fila
report-sheet-row = Fila
report-sheet-fate = Qué pasó
report-sheet-why = Por qué
report-fate-filed = Presentado
report-fate-repeated = Ya conocido
report-fate-refused = Rechazado
