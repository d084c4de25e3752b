"""Graphs of functions: {node: set of nodes}."""


def components(graph):
    """The strongly connected components, callees first (Tarjan's algorithm, without recursion)."""
    index, low, on_stack, stack, result = {}, {}, set(), [], []
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            for other in following:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(graph[other])))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = set()
                    while node not in component:
                        other = stack.pop()
                        on_stack.discard(other)
                        component.add(other)
                    result.append(component)
    return result


def is_recursive(graph, component):
    node = next(iter(component))
    return len(component) > 1 or node in graph[node]


def recursive(graph):
    return [component for component in components(graph) if is_recursive(graph, component)]


def shortest_cycle(graph, component):
    """The shortest way within the component from a node back to it."""
    best = None
    for start in component:
        came_from, level = {}, [start]
        while level and start not in came_from:
            following_level = []
            for node in level:
                for other in graph[node] & component:
                    if other not in came_from:
                        came_from[other] = node
                        following_level.append(other)
            level = following_level
        if start not in came_from:
            continue
        way, node = [start], came_from[start]
        while node != start:
            way.append(node)
            node = came_from[node]
        if best is None or len(way) < len(best):
            best = way
    return [best[0]] + best[:0:-1]
