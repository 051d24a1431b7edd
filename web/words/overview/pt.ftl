# The live room: figures, map, timeline, alerts.

measure-is-confirmed = confirmado
measure-is-final = final
measure-is-preliminary = preliminar
measure-part-confirmed = { $n } confirmados
measure-part-final = { $n } finais
measure-part-preliminary = { $n } preliminares
measure-view-events = Últimos
measure-view-map = Mapa
measure-view-parties = Partes
measure-view-posts = Postos
measure-view-routes = Rotas
measure-view-steps = Horas
ov-alerts = Alertas
ov-all = Tudo
ov-all-kinds = Todos os tipos
ov-all-parties = Todas as partes
ov-all-reported = As { $all } partes esperadas informaram
ov-any-state = Qualquer estado
ov-children = { $n } menores
ov-clear = Limpar filtros
ov-counted = contados
ov-day = dia { $n } de { $all }
ov-definition = Definição
ov-definition-text = Registos que o leitor pode conhecer, não retirados, segundo quando ocorreram; resultados conjuntos contam uma vez nos totais e na linha de cada parte
ov-drill-note = Só aparecem as linhas partilhadas consigo. A identidade das pessoas fica selada.
ov-editions = Comparar edições
ov-export = Exportar
ov-export-figures = números por parte, com definição
ov-export-map = mapa
ov-export-results = folha de resultados
ov-filters = Filtros
ov-from = De
ov-heard = { $checks } verificações, { $waiting } ocorrências à espera, { $people } { $kind }
ov-hits-due = { $n ->
    [one] ocorrência vence em 30 minutos
   *[other] ocorrências vencem em 30 minutos
 }
ov-hits-overdue = { $n ->
    [one] ocorrência fora do prazo
   *[other] ocorrências fora do prazo
 }
ov-hours = { $n } h
ov-late = { $n } informaram tarde
ov-pathways-late = { $n } passos para a proteção estão atrasados
ov-wall-keep = Deixar este ecrã aqui: só números, { $hours } horas
ov-wall-name = Ecrã de parede
ov-latest = Últimos
ov-leave-wall = Sair da vista mural
ov-legend-routes = rota relatada, largura por pessoas
ov-map-alternative = Os { $posts } postos e { $routes } rotas do mapa estão também em tabelas: escolha Postos ou Rotas.
ov-missing = { $n } de { $all } não informaram:
ov-nationalities = Nacionalidades das pessoas · { $n }
ov-no-alerts = Nenhum prazo vencido
ov-nothing = nada ainda
ov-now = agora
ov-one-hit = Ocorrência
ov-open = Abrir
ov-others = outros resultados
ov-period = Período
ov-period-begins = Início do período
ov-period-ends = Fim do período
ov-route = { $from } → { $to }: { $detections } pessoas, { $interviews } entrevistas
ov-since = de
ov-size-by = Tamanho dos postos por
ov-status = Estado
ov-timeline = Cronologia
ov-to = Para
ov-unknown = Desconhecido
ov-unknown-age = idade desconhecida: { $share }
ov-unknown-nationality = nacionalidade desconhecida: { $share }
ov-until = até
ov-views = Mostrar como
ov-wall = Mural
ov-whole = Toda a operação
ov-zoom = Ampliar
