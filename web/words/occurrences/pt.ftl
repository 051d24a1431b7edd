# Reports from the field: the pages.

## Kinds of report
report-kind-detection = Detecção de uma pessoa migrante
report-kind-victim = Vítima de tráfico
report-kind-interview = Entrevista
report-kind-arrest = Detenção
report-kind-seizure = Apreensão
report-kind-freeze = Congelamento de bens
report-kind-group = Grupo desarticulado
report-kind-investigation = Investigação aberta
report-kind-incident = Incidente
report-kind-notice-request = Pedido de difusão
report-kinds-detection = Detecções
report-kinds-victim = Vítimas
report-kinds-interview = Entrevistas
report-kinds-arrest = Detenções
report-kinds-seizure = Apreensões
report-kinds-freeze = Congelamentos
report-kinds-group = Grupos
report-kinds-investigation = Investigações
report-kinds-incident = Incidentes
report-kinds-notice-request = Pedidos de difusão
report-group-people = Pessoas
report-group-results = Resultados policiais
report-group-events = Ocorrências e pedidos

## States of a report
report-state-preliminary = Preliminar
report-state-confirmed = Confirmado
report-state-final = Definitivo
report-state-withdrawn = Retirado
report-standing-draft = Iniciado
report-standing-waiting = Em espera
report-standing-sent = Enviado
report-standing-refused = Recusado

## Phone: the list
report-desk = Relatar
report-unsent = Não enviados
report-outbox = Neste telefone
report-send-now = Enviar agora
report-go-on = Continuar
report-correct = Corrigir
report-drop = Apagar
report-drop-sure = Apagar de vez

## Phone: what became of it
report-sent = Enviado
report-sent-means = O servidor tem o relatório. Nada dele fica neste telefone.
report-waits = À espera da rede
report-waits-means = O relatório está seguro neste telefone, cifrado. É enviado sozinho quando a rede voltar, uma única vez.
report-waits-memory = Este navegador não guarda nada. Deixe esta página aberta até tudo ser enviado.
report-refused = Não aceite
report-refused-by-hub = O servidor não aceitou este relatório.
report-next-of-group = Próxima pessoa do mesmo grupo
report-next-of-group-means = Mantém o que o grupo partilha, como nacionalidade e rota. Nada da pessoa é mantido.
report-another = Outro: { $kind }
report-to-list = Todos os relatórios
report-later = Mais tarde

## Before signing out
report-leaving = Relatórios neste telefone
report-leaving-means = Por enviar: { $n }. Ao sair são apagados deste telefone e ninguém os pode recuperar.
report-leaving-stay = Ficar e enviá-los primeiro
report-leaving-go = Apagá-los e sair

## Statements at the head of a form
report-say-detection = Uma pessoa migrante não é suspeita. Este relatório não entra em nenhuma lista de vigilância e nenhuma consulta o procura.
report-say-victim = A vítima é protegida, nunca suspeita. A sua identidade fica selada: escreva nomes só nos campos assim marcados.
report-say-interview = A entrevista é voluntária. Um número de referência ocupa o lugar do nome. A pessoa pode parar a qualquer momento.
report-say-child = É, ou pode ser, menor: avise já a proteção da infância. Não espere pelo caso nem entreviste sem tutor ou pessoa formada.

## Filling a form in
report-step-where = Quando e onde
report-step-send = Rever e enviar
report-step-of = { $n } de { $all }
report-happened = Quando aconteceu
report-now = Agora
report-no-posts = A operação não tem postos.
report-use-post = Usar o meu posto
report-no-operation = Escolha primeiro uma operação nas definições. Um relatório pertence a uma.
report-back = Voltar
report-next = Seguinte
report-to-end = Ir ao fim
report-send = Enviar
report-change = Alterar
report-search = Escreva para procurar
report-none-found = Nada encontrado. Tente outra grafia.
report-add-row = Acrescentar outro
report-drop-row = Retirar o número { $n }
report-take-away = Retirar { $what }
report-add-country = Acrescentar um país
report-amount = Montante
report-currency = Moeda
report-need-answer = Isto tem de ser respondido.
report-need-form = Não se pode ler assim. As datas escrevem-se 1998-05-12, 1998-05 ou 1998; os montantes 1250.50 com a sua moeda.
report-look-above = Campos a corrigir: { $n }
report-help-partial-date = O que se souber: 1998-05-12, 1998-05 ou 1998.
report-sealed-field = Selado: só o lê quem o abre com um motivo.
report-review = O que relata
report-edit-section = Alterar: { $section }
report-nothing-said = Nada indicado
report-stopped = A entrevista termina aqui
report-stopped-means = A pessoa não quer, ou não lhe disseram o que devia saber antes. Não pergunte mais. Só se regista que recusou; nada mais é guardado.
report-stopped-record = Registar a recusa
report-stopped-back = Foi engano, voltar
report-stopped-leave = Não registar nada

## Who reads it
report-readers = Quem vai ler isto?
report-readers-usual = O habitual para este relatório
report-readers-usual-open = Todas as partes de { $operation } leem o relatório completo.
report-readers-usual-close = Todas as partes da operação contam os códigos: país, grupo etário, rota, nunca um nome nem um relato. O relato fica em { $party }.
report-readers-own = Só a minha parte
report-readers-own-means = Ninguém fora de { $party } o lê nem o conta.
report-readers-parties = Partes escolhidas
report-readers-parties-means = Todas as partes contam os códigos. Só as que escolher leem o relatório completo.
report-readers-which = Que partes?
report-readers-sealed = Os campos selados não são lidos por nenhuma.

## Room: reports
nav-reports = Relatórios
report-kinds = Tipos de relatório
report-one = O relatório
report-choose = Escolha um relatório da lista.
report-file = Apresentar um relatório
report-sheets = Planilhas
report-filters = Filtros
report-filter-add = Mais filtros
report-from = De
report-to = Até
report-lines = Relatórios listados
report-line = O que se conta
report-line-means = só códigos, sem nomes
report-line-only = só a linha
report-version = versão { $n }
report-filed-at = apresentado { $time }
report-joint = conta uma vez com outra parte
report-body = O relatório completo
report-nothing-more = Nada além do que se conta.
report-body-closed = Não está aberto para si: o dono não o partilhou ou a sua função não o lê.
report-apart = (acesso à parte)
report-sealed = Selado:
report-sealed-stay = Os campos selados ficam iguais se não os preencher de novo.
report-links = Ligações
report-relation-led-by = Na sequência de
report-relation-member-of = Membro de
report-relation-against = Contra
report-relation-found-with = Encontrado com
report-relation-part-of = Parte de
report-relation-travelled-with = Viajou com
report-relation-same-person-as = A mesma pessoa que
report-relation-concerns = Diz respeito a
report-relation-reference = Ver também
report-link-hit = Ligar a um acerto confirmado
report-link-means = Acertos da sua parte que o dono confirmou. Um acerto que é só uma pista não explica nada.
report-link = Ligar
report-no-hits = Nenhum acerto confirmado da sua parte.
report-correcting = Correção
report-correct-reason = Porque muda
report-deciding = Grau de certeza
report-do-confirmed = Confirmar
report-do-final = Tornar definitivo
report-do-withdrawn = Retirar
report-custody = Custódia dos objetos
report-custody-broken = A cadeia não bate certo: falta uma entrada ou foi alterada.
report-custody-add = Acrescentar uma entrada
report-custody-item = Objeto
report-custody-act = O que foi feito
report-custody-place = Onde
report-custody-seal = Selo
report-custody-seized = Apreendido
report-custody-sealed = Selado
report-custody-opened = Aberto
report-custody-examined = Examinado
report-custody-moved = Transferido
report-custody-handed-over = Entregue
report-custody-stored = Guardado
report-custody-returned = Devolvido
report-custody-destroyed = Destruído
report-sheet-template = Planilha vazia com listas
report-sheet-export = Exportar (XLSX)
report-sheet-means = O texto livre e a identidade nunca saem numa planilha.
report-sheet-file = Planilha preenchida (XLSX ou CSV)
report-sheet-send = Carregar
report-sheet-answer = Apresentados { $filed }, já conhecidos { $repeated }, recusados { $refused }.
report-sheet-rows = Linha a linha
report-sheet-row = Linha
report-sheet-fate = O que aconteceu
report-sheet-why = Porquê
report-fate-filed = Apresentado
report-fate-repeated = Já conhecido
report-fate-refused = Recusado
